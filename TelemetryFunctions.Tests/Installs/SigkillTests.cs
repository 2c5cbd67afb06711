using System.Collections.Concurrent;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;
using Xunit.Abstractions;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>
/// Real processes, real SIGKILL, at random moments while they take in notifications and roll up the hour before.
/// </summary>
public sealed class SigkillTests(ITestOutputHelper output) : IDisposable
{
    private const int Hours = 2;
    private const int Clients = 150;

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 10, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("installs-");

    public void Dispose() => _directory.Delete(recursive: true);

    [FaketimeFact]
    public async Task Each_closed_bucket_counts_exactly_once_though_the_process_is_killed_again_and_again()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var expected = new HashSet<(int Hour, int Client, Download Download)>();
        var answered = 0;
        for (var hour = 0; hour < Hours; hour++)
        {
            var sends = Enumerable.Range(0, Clients).Select(client => (Client: client, Downloads: Choose(random))).ToList();
            foreach (var (client, downloads) in sends)
                expected.UnionWith(downloads.Select(download => (hour, client, download)));

            // Twice killed on the way, then, in the same hour, whoever got no answer tries again.
            var unanswered = new ConcurrentBag<(int Client, Download[] Downloads)>(sends);
            foreach (var delay in new[] { random.Next(120), random.Next(300), Timeout.Infinite })
            {
                using var process = await InstallProcess.StartAsync(_directory.FullName, Start.AddHours(hour));
                var before = unanswered.ToList();
                unanswered.Clear();
                var killing = delay == Timeout.Infinite ? Task.CompletedTask : KillAfterAsync(process, delay);
                await Parallel.ForEachAsync(before, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (send, _) =>
                {
                    if (!await process.TryNotifyAsync(send.Client, send.Downloads))
                        unanswered.Add(send);
                });
                await killing;
                answered += before.Count - unanswered.Count;
            }

            Assert.Empty(unanswered);
        }

        Assert.Equal(Hours * Clients, answered);
        using var last = await InstallProcess.StartAsync(_directory.FullName, Start.AddHours(Hours));
        var totals = await last.ReadTotalsAsync(Start.AddHours(Hours).AddMinutes(-Start.Minute));
        Assert.Equal(
            expected.CountBy(install => install.Download.Package).OrderBy(package => package.Key).Select(package => (package.Key, (long)package.Value)),
            totals.OrderBy(package => package.Key).Select(package => (package.Key, package.Value)));
    }

    private static async Task KillAfterAsync(InstallProcess process, int milliseconds)
    {
        await Task.Delay(milliseconds);
        process.Kill();
    }

    private static Download[] Choose(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Download($"vendor/package-{random.Next(12)}", $"1.{random.Next(2)}.0")).Distinct()];
}
