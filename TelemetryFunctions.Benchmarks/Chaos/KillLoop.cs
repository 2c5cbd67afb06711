using System.Collections.Concurrent;
using System.Text.Json;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>
/// SIGKILL at random moments, over hours that go by from start to start: while reports, installs and events come in, and while the jobs that each
/// start runs are at work. Who got no answer sends the same again within the hour.
/// </summary>
internal sealed class KillLoop(Func<DateTimeOffset, ChildSite> start)
{
    // The last hours of a day, and all of another: of a day on which the service is down for most hours nothing is published.
    private const int Hours = 4 + 24;
    private const int KillsBeforeAllIsAnswered = 3;
    private const int LongestLife = 500;
    private const int SendersAtOnce = 8;

    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 20, 10, 0, TimeSpan.Zero);

    private readonly Random _random = new(1);
    private readonly ChaosTraffic _traffic = new();

    public static async Task<string> OnSqliteAsync()
    {
        using var directory = new ChaosDirectory();
        return await new KillLoop(time => ChaosSite.Start(directory.Path, time)).RunAsync();
    }

    public static async Task<string> OnAzuriteAsync()
    {
        using var directory = new ChaosDirectory();
        using var azurite = new AzuriteServer();
        return await new KillLoop(time => ChaosSite.Start(directory.Path, time, azurite.Setting)).RunAsync();
    }

    private async Task<string> RunAsync()
    {
        var killed = 0;
        for (var hour = 0; hour < Hours; hour++)
        {
            var unanswered = _traffic.Make(Begin.AddHours(hour), _random);
            for (var life = 0; life <= KillsBeforeAllIsAnswered; life++, killed++)
                unanswered = await LiveAsync(Begin.AddHours(hour), unanswered, life < KillsBeforeAllIsAnswered);
            BrokenPromiseException.Unless(unanswered.Count == 0, $"{unanswered.Count} requests were not answered 200 by a service that was well");
        }

        // The first minutes of the next day: all that came is of days and hours that are closed.
        using var last = start(Begin.AddHours(Hours));
        await last.UntilAsync(_traffic.Wanted(), () => CountAsync(last));
        return $"{killed} kills over {Hours} hours; {_traffic.Reports:N0} reports, {_traffic.Installs:N0} installs and {_traffic.Events:N0} events were acknowledged, and are counted, each once";
    }

    /// <summary>A life of the process, which ends by SIGKILL.</summary>
    /// <returns>What it did not answer.</returns>
    private async Task<List<Sent>> LiveAsync(DateTimeOffset now, List<Sent> sends, bool dies)
    {
        using var site = start(now);
        var unanswered = new ConcurrentBag<Sent>();
        var killing = dies ? Task.Delay(_random.Next(LongestLife)).ContinueWith(_ => site.Kill(), TaskScheduler.Default) : Task.CompletedTask;
        await Parallel.ForEachAsync(sends, new ParallelOptions { MaxDegreeOfParallelism = SendersAtOnce }, async (sent, _) =>
        {
            if (await site.SendAsync(sent.Path, sent.Body, "application/json", sent.Agent) is var status && status != 200)
                unanswered.Add(sent);
            BrokenPromiseException.Unless(status is 0 or 200 or 503, $"{sent.Path} was answered {status}");
        });
        await killing;
        site.Kill();
        return [.. unanswered];
    }

    private static async Task<string> CountAsync(ChildSite site)
    {
        var systems = (await site.ActiveSystemsAsync()).OrderBy(day => day.Key).Select(day => $"{day.Key:MM-dd} {day.Value}");
        var packages = (await site.ReadAsync("/packages?format=json")).GetProperty("packages").EnumerateArray()
            .Select(package => $"{package.GetProperty("name").GetString()} {package.GetProperty("total").GetInt64()}");
        var events = (await site.ReadAsync($"/operations/custom?from={Begin:yyyy-MM-dd}&to={Begin.AddYears(1):yyyy-MM-dd}")).GetProperty("series").EnumerateArray()
            .Select(series => $"{series.GetProperty("label").GetString()} {series.GetProperty("values").EnumerateArray().Sum(value => value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0)}");
        return ChaosTraffic.Text(systems, packages, events);
    }
}
