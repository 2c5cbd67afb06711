using System.Diagnostics;
using TelemetryFunctions.Benchmarks.Events;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>
/// Events taken in, beside a server that only reads the batches; and all rollups of three days, beside a loop that only reads and unpacks
/// the events.
/// </summary>
internal static class EventFigures
{
    private const int Events = 300_000;

    public static async IAsyncEnumerable<LoadFigure> MeasureAsync(LoadRun run)
    {
        var now = DateTimeOffset.UtcNow;
        var batches = EventMix.JsonBatches(Events, now.AddDays(-3).AddMinutes(30), now);
        var data = run.MakeDirectory("events");
        double stored, read, first, again;
        using (var service = run.StartService(data, "Development"))
        {
            using var server = run.StartBareServer();
            stored = await EventPosts.SendAsync(service, batches);
            await EventPosts.SendAsync(server, batches);
            read = await EventPosts.SendAsync(server, batches);
            (first, again) = (await RollUpAsync(service), await RollUpAsync(service));
        }

        yield return new LoadFigure(
            $"events taken in, {EventPosts.Connections} connections", "/s", stored, read, "Kestrel reading the bodies", $"JSON, batches of {EventMix.BatchEvents}, by the built-in sender");
        var unpacked = await run.RunAsync(["limit", "events", data]);
        yield return new LoadFigure(
            $"all rollups of {Events:n0} events", "s", first, unpacked["seconds"], "reading and unpacking them, on one core, cold", $"{LoadTable.Text(again)} s when done again")
        { IsRate = false };
    }

    private static async Task<double> RollUpAsync(ChildSite service)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await service.Client.PutAsync("/", null);
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalSeconds;
    }
}
