using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.Embedded;

/// <summary>
/// Installs of many packages, as many in each hour of yesterday as an hour counts, taken in and rolled up. The service can then be
/// run on the directory.
/// </summary>
internal static class InstallLoad
{
    private const int DownloadsPerBody = 1000;
    private const int BodiesAtOnce = 4;

    public static async Task RunAsync(string directory, int packages)
    {
        var clock = new MovedClock(TimeProvider.System.GetUtcNow().AddDays(-1));
        await using var site = await EmbeddedSite.OpenAsync(directory, clock);
        var store = site.GetRequiredService<InstallStore>();
        var downloads = Enumerable.Range(0, packages)
            .Select(i => new Download(string.Create(CultureInfo.InvariantCulture, $"vendor-{i % 900}/name-{i}"), "1.0.0"));

        var watch = Stopwatch.StartNew();
        foreach (var hour in downloads.Chunk(new InstallLimits().WindowPackages))
        {
            await Parallel.ForEachAsync(
                hour.Chunk(DownloadsPerBody),
                new ParallelOptions { MaxDegreeOfParallelism = BodiesAtOnce },
                async (body, token) => await store.StoreAsync(body, new InstallClient(IPAddress.Loopback, "Composer/2.8"), token));
            clock.Advance(TimeSpan.FromHours(1));
        }

        Console.WriteLine($"{packages} downloads in bodies of {DownloadsPerBody} in {watch.Elapsed.TotalSeconds:f2} s");

        clock.Advance(TimeSpan.FromHours(1));
        watch.Restart();
        await site.GetRequiredService<SummaryRunner>().RunDueAsync(site.GetRequiredService<InstallSource>(), CancellationToken.None);
        Console.WriteLine($"rolled up in {watch.Elapsed.TotalSeconds:f2} s");
    }
}
