using System.Globalization;
using TelemetryFunctions.Benchmarks.Load.Sending;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>
/// Reports taken in, beside a loop that inserts the same rows, as many in a transaction, and beside a server that only reads the bodies.
/// </summary>
internal static class IngestFigures
{
    private const int Seconds = 3;

    public static async IAsyncEnumerable<LoadFigure> MeasureAsync(LoadRun run)
    {
        foreach (var (connections, asJson) in ((int, bool)[])[(1, false), (16, false), (64, false), (16, true)])
        {
            var rounds = await MeasureAsync(run, connections, Traffic.Reports(asJson), asJson);
            var (service, rows, insert, server) = (
                LoadRun.Middle(rounds, round => round.Service.PerSecond),
                LoadRun.Middle(rounds, round => round.RowsPerTransaction).RowsPerTransaction,
                LoadRun.Middle(rounds, round => round.Insert).Insert,
                LoadRun.Middle(rounds, round => round.Server.PerSecond).Server);
            var name = $"reports taken in, {connections} {(connections == 1 ? "connection" : "connections")}{(asJson ? ", JSON" : "")}";
            yield return new LoadFigure(
                name, "/s", service.Service.PerSecond, insert, "a loop that inserts the rows", $"{LoadTable.Text(rows)} rows a transaction; {service.Service.Latency}");
            yield return new LoadFigure(name, "/s", service.Service.PerSecond, server.PerSecond, "Kestrel reading the bodies", server.Latency);
        }
    }

    private static async Task<List<Round>> MeasureAsync(LoadRun run, int connections, Traffic traffic, bool asJson)
    {
        var name = $"ingest-{connections}{(asJson ? "-json" : "")}";
        var bare = run.MakeDirectory($"{name}-bare");
        using var service = run.StartService(run.MakeDirectory(name));
        using var server = run.StartBareServer();
        using var meter = new MeterReader(service.ProcessId, StoreMeter.Name, StoreMeter.TransactionRows);
        await run.Sender.SendAsync(service.Url, traffic, connections, 1);
        await run.Sender.SendAsync(server.Url, traffic, connections, 1);

        var rounds = new List<Round>();
        for (var i = 0; i < LoadRun.Rounds; i++)
        {
            var (sent, rows) = await meter.MeanWhileAsync(() => run.Sender.SendAsync(service.Url, traffic, connections, Seconds));
            var insert = await run.RunAsync(
                ["limit", "insert", bare, rows.ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture), asJson ? "json" : "protobuf"]);
            var read = await run.Sender.SendAsync(server.Url, traffic, connections, Seconds);
            rounds.Add(new Round(sent, rows, insert["rows"], read));
        }

        return rounds;
    }

    private sealed record Round(Sent Service, double RowsPerTransaction, double Insert, Sent Server);
}
