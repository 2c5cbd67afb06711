using Microsoft.Extensions.Logging;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>
/// Summarizes a day of reports: for every shard, the day's reports and the registry are read as two sorted streams and
/// merged, every system is added to the accumulators, and the registry learns who was seen.
/// </summary>
public sealed partial class ReportSource(
    ReportStore reports, SystemRegistry registry, ReportNames names, PointStore points, MetricCatalogue catalogue, LabelAudit audit, PointNoise noise, OutageStore outages, Exclusions exclusions, ReportOptions options, ReportMeter meter, ILogger<ReportSource> logger)
    : ISummarySource
{
    /// <summary>The partition in STATE.</summary>
    public const string SourceName = "reports";

    public string Name => SourceName;

    public TimeSpan WindowLength { get; } = TimeSpan.FromDays(1);

    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation) =>
        (await reports.FindOldestDayAsync(cancellation))?.Start;

    public async Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation)
    {
        var shards = new Shard[SystemId.Shards.Length];
        await Parallel.ForAsync(
            0,
            shards.Length,
            new ParallelOptions { MaxDegreeOfParallelism = shards.Length, CancellationToken = cancellation },
            async (i, token) => shards[i] = await SummarizeShardAsync(window, SystemId.Shards[i], isProvisional, token));

        var all = new Shard(catalogue);
        foreach (var shard in shards)
            all.Merge(shard);

        // A day of which there is no report is a day on which the service was away, not one on which no system was in use; and where it was away for
        // most of a day, what came in is no number of that day.
        var excluded = all.Excluded.Values.Sum();
        var isHole = !isProvisional && await IsHoleAsync(window, cancellation);
        var known = await names.ReadAsync(window, cancellation);
        var audited = audit.Look(all.Counted + excluded > 0 && !isHole ? all.Points(options.MinimumLabelSystems, known) : []);
        await names.ReplaceAsync(window, await noise.AddAsync(window, audited.Shown, options.Noise, cancellation), known, isProvisional, cancellation);
        foreach (var (metric, (rules, labels)) in audited.Withheld)
        {
            if (!isProvisional)
                meter.Withheld(metric, labels);
            Log.Withheld(logger, window.Start, labels, metric, rules);
        }

        var unreadable = all.Unreadable;
        foreach (var (metric, reports) in unreadable)
        {
            if (!isProvisional)
                meter.Unreadable(metric, reports);
            Log.Unreadable(logger, window.Start, reports, metric);
        }

        foreach (var (rule, systems) in all.Excluded)
        {
            if (!isProvisional)
                meter.Excluded(rule, systems);
            Log.Excluded(logger, window.Start, systems, rule);
        }

        return new WindowResult(all.Counted, all.Skipped)
        {
            ExcludedRows = excluded,
            Excluded = exclusions.Publishable(all.Excluded),
            Unreadable = unreadable.Count > 0 ? unreadable : null,
            Withheld = audited.Withheld.Count > 0 ? audited.Withheld.ToDictionary(metric => metric.Key, metric => metric.Value.Rules) : null,
        };
    }

    public async Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation)
    {
        if (ahead is not null)
        {
            await points.DeleteFromAsync(ahead.From, WindowLength, cancellation);
            await registry.TakeBackAsync(Window.Day(ahead.From), cancellation);
            await outages.TakeBackAsync(ahead.From, cancellation);
        }

        await reports.TakeBackAsync(now, cancellation);
    }

    public async Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation)
    {
        var oldestKept = Window.Day(through - TimeSpan.FromDays(options.RawRetentionDays));
        var expired = await reports.DeleteDaysBeforeAsync(oldestKept, cancellation);
        await registry.DeleteUnseenSinceAsync(oldestKept.Start, cancellation);
        await names.ExpireAsync(through, cancellation);

        // As long as the days that can be done again: a day may be overdue, and its reports with it.
        await outages.ExpireAsync(Window.Day(oldestKept.Start - SummaryRunner.Overdue), cancellation);
        return expired;
    }

    private async Task<bool> IsHoleAsync(Window day, CancellationToken cancellation)
    {
        var outage = await outages.CloseAsync(day, cancellation);
        if (outage.IsHole)
            Log.Hole(logger, day.Start, outage.Hours);
        return outage.IsHole;
    }

    private async Task<Shard> SummarizeShardAsync(Window day, char name, bool isProvisional, CancellationToken cancellation)
    {
        var shard = new Shard(catalogue);
        var writer = new RegistryWriter(reports, registry, day, name);
        var pairs = SortedMerge.JoinAsync(
            reports.ReadAsync(day, name, cancellation), report => report.System,
            registry.ReadAsync(name, cancellation), system => system.Id);
        await foreach (var (report, known) in pairs.WithCancellation(cancellation))
        {
            if (report is { } sent && Read(day, sent) is { } readable)
            {
                var system = (known ?? new KnownSystem(sent.System, day.Start, day.Start)).SeenOn(day.Start);
                var ageDays = (day.Start - system.FirstSeen).Days;
                if (exclusions.Find(system.Id, readable, ageDays, sent.Reports) is { } rule)
                    shard.Exclude(rule);
                else
                    shard.Add(new Observation(readable, ageDays), options.MinimumAgeDays);

                // One that does not count is known all the same: for another rule, days are done again as if it had always been.
                if (!isProvisional && system != known)
                    await writer.SeenAsync(system, cancellation);
            }
            else if (report is not null)
            {
                shard.Skipped++;
            }
            else if (!isProvisional && known is { } unseen && unseen.LastSeen == day.Start)
            {
                await writer.ForgottenAsync(unseen.Id, cancellation);
            }
        }

        await writer.FlushAsync(cancellation);
        return shard;
    }

    private Report? Read(Window day, StoredReport stored)
    {
        try
        {
            return ReportParser.Read(stored.Payload, ReportFormats.FromName(stored.Format), catalogue.Properties, catalogue.Report.AreOwn);
        }
        catch (FormatException e)
        {
            Log.Skipped(logger, day.Start, e.Message);
            return null;
        }
    }

    /// <summary>The accumulators of one shard, or of the whole day.</summary>
    private sealed class Shard(MetricCatalogue catalogue)
    {
        private readonly (Metric Metric, IAccumulator Accumulator)[] _metrics =
            [.. catalogue.Metrics.Select(metric => (metric, metric.Accumulate()))];

        public long Counted { get; private set; }

        public long Skipped { get; set; }

        /// <summary>Systems that do not count, by the rule that says so.</summary>
        public Dictionary<string, long> Excluded { get; } = new(StringComparer.Ordinal);

        public void Add(in Observation observation, int minimumAgeDays)
        {
            Counted++;
            foreach (var (metric, accumulator) in _metrics)
            {
                if (metric.Kind.CountsYoung || observation.AgeDays >= minimumAgeDays)
                    accumulator.Add(observation);
            }
        }

        public void Exclude(string rule) => Excluded[rule] = Excluded.GetValueOrDefault(rule) + 1;

        public void Merge(Shard other)
        {
            foreach (var (rule, systems) in other.Excluded)
                Excluded[rule] = Excluded.GetValueOrDefault(rule) + systems;
            Counted += other.Counted;
            Skipped += other.Skipped;
            for (var i = 0; i < _metrics.Length; i++)
                _metrics[i].Accumulator.Merge(other._metrics[i].Accumulator);
        }

        /// <summary>Reports that say a metric's field as something that it can't count, by metric.</summary>
        public Dictionary<string, long> Unreadable => _metrics
            .Where(metric => metric.Accumulator.Unreadable > 0)
            .ToDictionary(metric => metric.Metric.Id, metric => metric.Accumulator.Unreadable, StringComparer.Ordinal);

        public IEnumerable<Point> Points(int minimumSystems, KnownNames names) => _metrics.SelectMany(metric =>
            metric.Accumulator.Points(metric.Metric.Id, new LabelBounds(minimumSystems) { KnownNames = names.Of(metric.Metric.Id) }));
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "{Reports} reports of {Day:yyyy-MM-dd} say the field of the metric {Metric} as something that it can't count")]
        public static partial void Unreadable(ILogger logger, DateTimeOffset day, long reports, string metric);

        [LoggerMessage(3, LogLevel.Warning, "{Labels} labels of {Day:yyyy-MM-dd} of the metric {Metric} look personal ({Rules}) and are not published; docs/operations.md says what to do")]
        public static partial void Withheld(ILogger logger, DateTimeOffset day, int labels, string metric, string rules);

        [LoggerMessage(4, LogLevel.Warning, "The charts have no values of {Day:yyyy-MM-dd}: the service was down for {Hours} of its hours")]
        public static partial void Hole(ILogger logger, DateTimeOffset day, int hours);

        [LoggerMessage(5, LogLevel.Information, "{Systems} systems of {Day:yyyy-MM-dd} do not count, by the rule {Rule}")]
        public static partial void Excluded(ILogger logger, DateTimeOffset day, long systems, string rule);

        [LoggerMessage(1, LogLevel.Warning, "A report of {Day:yyyy-MM-dd} can't be read and is skipped: {Error}")]
        public static partial void Skipped(ILogger logger, DateTimeOffset day, string error);
    }
}
