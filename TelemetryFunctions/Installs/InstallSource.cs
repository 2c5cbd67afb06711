using Microsoft.Extensions.Logging;
using TelemetryFunctions.Installs.Schema;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Rolls up the buckets that ended in a window: they are counted by package and version, added to the counters, and the
/// days' points are raised to what the counters say.
/// </summary>
public sealed partial class InstallSource(
    InstallStore installs,
    SaltStore salts,
    PackageStore packages,
    InstallPoints points,
    AgentStore agents,
    InstallAdmission admission,
    InstallRewind rewind,
    InstallOptions options,
    InstallLimits limits,
    InstallMeter meter,
    ILogger<InstallSource> logger)
    : ISummarySource
{
    /// <summary>The partition in STATE.</summary>
    public const string SourceName = "installs";

    // What is written at once is committed together where the store is embedded, and shares connections where it is not: the points of 400 counters.
    private const int BatchesAtOnce = 4;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    public string Name => SourceName;

    public TimeSpan WindowLength => options.RollupWindow;

    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation)
    {
        if (await installs.FindOldestAsync(cancellation) is { } end)
            return Window.At(end.AddTicks(-1), WindowLength).Start;

        // A salt whose first installs never reached the store is to be destroyed as well.
        return await salts.FindOldestAsync(cancellation) is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
    }

    /// <remarks>There are no provisional points: what was added to a counter can't be taken back.</remarks>
    public async Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation)
    {
        if (isProvisional)
            return default;

        var (counts, agentCounts, skipped) = (new InstallCounts(limits), new AgentCounts(), 0L);
        await foreach (var install in installs.ReadAsync(window, cancellation))
        {
            if (install.Package.Length > 0 && install.Version.Length > 0)
            {
                counts.Add(new Download(install.Package, install.Version), install.BucketEnd, install.Agent?.IsCi);
                if (install.Agent is { } agent)
                    agentCounts.Add(agent);
            }
            else
            {
                Log.Skipped(logger, install.BucketEnd);
                skipped++;
            }
        }

        // All decisions first: what is written below is part of what they look at.
        var admitted = await AdmitAsync(counts, window, cancellation);
        await Parallel.ForEachAsync(
            PackageStore.Batch(admitted.SelectMany(package => package.Deltas())),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellation },
            async (batch, token) =>
            {
                // Counters first: a point is what the counter says, also where a killed run has added this window before.
                var counters = await packages.ApplyAsync(batch, window.End, token);
                await points.WriteAsync(batch.Select((counted, i) => (counted.Key, counted.Delta, counters[i])), token);
            });

        // A window is a part of one day, and what ends with it belongs to that one.
        if (agentCounts.Platforms.Count > 0)
            await agents.ApplyAsync(DateOnly.FromDateTime(window.Start.UtcDateTime), agentCounts, window.End, cancellation);
        return new WindowResult(admitted.Sum(package => package.Installs), skipped);
    }

    public async Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation)
    {
        if (ahead is not null)
        {
            // Counters first: they say what is counted, and then the rows of it may go.
            await rewind.RewindAsync(now, ahead.From, cancellation);
            await agents.RewindAsync(DateOnly.FromDateTime(now.UtcDateTime), ahead.From, cancellation);
            await installs.DeleteAsync(ahead.From, ahead.Through, cancellation);
        }

        await installs.TakeBackAsync(now, cancellation);
        await salts.DestroyAfterAsync(DateOnly.FromDateTime((now + InstallStore.MostSkew).UtcDateTime), cancellation);
    }

    public async Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation)
    {
        await salts.DestroyBeforeAsync(DateOnly.FromDateTime(through.UtcDateTime), cancellation);
        return await installs.DeleteThroughAsync(through - Retention, cancellation);
    }

    private async Task<List<PackageInstalls>> AdmitAsync(InstallCounts counts, Window window, CancellationToken cancellation)
    {
        var counted = counts.Finish();
        var admitted = await admission.AdmitAsync(counted, cancellation);
        var refused = counted.Count - admitted.Count;
        var uncounted = counts.Uncounted + counted.Sum(package => package.Installs) - admitted.Sum(package => package.Installs);
        if (uncounted > 0)
        {
            meter.Uncounted(uncounted);
            Log.Uncounted(logger, uncounted, window.End, limits.WindowPackages, refused, limits.Packages);
        }

        return admitted;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An install of the bucket until {BucketEnd:u} can't be read and is skipped")]
        public static partial void Skipped(ILogger logger, DateTimeOffset bucketEnd);

        [LoggerMessage(2, LogLevel.Warning, "{Installs} installs of the window until {WindowEnd:u} are not counted: it has more than {WindowPackages} packages, or there is no room for {Refused} new packages beyond {Packages} in all")]
        public static partial void Uncounted(
            ILogger logger, long installs, DateTimeOffset windowEnd, int windowPackages, int refused, int packages);
    }
}
