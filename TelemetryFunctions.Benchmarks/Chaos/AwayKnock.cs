using System.Diagnostics;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>The table service goes away, and comes back.</summary>
internal static class AwayKnock
{
    private const int SendersAtOnce = 4;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<string> HitAsync()
    {
        using var directory = new ChaosDirectory();
        using var azurite = new AzuriteServer(Path.Combine(directory.Path, "azurite"));
        using var site = ChaosSite.Start(directory.Path, null, azurite.Setting);
        var (taken, refused) = (new List<Guid>(), 0);
        using var end = new CancellationTokenSource();
        var senders = Enumerable.Range(0, SendersAtOnce).Select(_ => SendAsync()).ToList();

        await Task.Delay(Before);
        azurite.Stop();
        await Task.Delay(Pause);
        var health = (await site.ReadAsync("/health")).GetProperty("status").GetString();
        await Task.Delay(Minute);
        azurite.Start();
        var back = Stopwatch.StartNew();
        await site.UntilAsync("200", async () => (await site.ReportAsync(Guid.NewGuid())).ToString(null, null));
        var until = back.Elapsed;
        await Task.Delay(Before);
        await end.CancelAsync();
        await Task.WhenAll(senders);

        BrokenPromiseException.Unless(refused > 0 && health == "unavailable", $"nothing was noticed: {refused} refused, health {health}");
        foreach (var system in taken)
        {
            using var response = await site.Client.GetAsync($"/systems/{system}");
            BrokenPromiseException.Unless(response.IsSuccessStatusCode, $"a report that was acknowledged is not there: {(int)response.StatusCode}");
        }

        return $"{taken.Count:N0} reports acknowledged and there, {refused:N0} answered 503; taken again {until.TotalSeconds:0.0} s after the tables were back; {site.Lines.Count(line => line.Contains("warn", StringComparison.Ordinal) || line.Contains("fail", StringComparison.Ordinal))} lines in the log";

        async Task SendAsync()
        {
            while (!end.IsCancellationRequested)
            {
                var system = Guid.NewGuid();
                var status = await site.ReportAsync(system);
                BrokenPromiseException.Unless(status is 200 or 503, $"a report was answered {status}");
                lock (taken)
                {
                    if (status == 200)
                        taken.Add(system);
                    else
                        refused++;
                }

                await Task.Delay(Pause);
            }
        }
    }
}
