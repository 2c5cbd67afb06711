using System.Collections.Frozen;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Reports;

/// <summary>
/// Which of the names that systems report have a chart. Whoever invents names can send many each day, so a name enters when enough
/// systems have carried it on two days. Its first day waits as a candidate, in which time its systems count as <c>other</c>, and is
/// published with the second. A name that nobody has carried for as long as raw reports are kept has left, and enters again as a new one.
/// </summary>
public sealed class ReportNames(PointStore points, ReportOptions options)
{
    /// <summary>Names of one metric that have a chart at a time; others wait until some have left.</summary>
    public const int MaxNames = 2_000;

    /// <summary>How long a name waits for its second day.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromDays(14);

    /// <summary>The names that may be published for a window. Asked again, after a run was killed anywhere, it says the same.</summary>
    public async Task<KnownNames> ReadAsync(Window window, CancellationToken cancellation)
    {
        if (options.MinimumNameDays == 1)
            return KnownNames.All;

        var ms = window.Start.ToUnixTimeMilliseconds();
        var leftBefore = (window.Start - TimeSpan.FromDays(options.RawRetentionDays)).ToUnixTimeMilliseconds();
        var known = await points.ReadSeriesAsync(cancellation)
            .Where(span => span.Series.Name is not null && span.FirstMs < ms && span.LastMs >= leftBefore)
            .GroupBy(span => span.Series.Metric)
            .ToDictionaryAsync(spans => spans.Key, spans => spans.Select(span => span.Series.Name!).ToHashSet(StringComparer.Ordinal), cancellationToken: cancellation);
        var candidates = await points.ReadCandidatesAsync(cancellation).Where(span => span.FirstMs < ms).ToListAsync(cancellation);
        foreach (var candidate in candidates.OrderBy(span => span.FirstMs).ThenBy(span => span.Series.Name, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(candidate.Series.Metric, out var names))
                known[candidate.Series.Metric] = names = new HashSet<string>(StringComparer.Ordinal);
            if (names.Count < MaxNames)
                names.Add(candidate.Series.Name!);
        }

        return new KnownNames(known, candidates);
    }

    /// <summary>Writes the points of a window: publishes those of known names, and has the others wait.</summary>
    public async Task ReplaceAsync(Window window, IReadOnlyCollection<Point> all, KnownNames known, bool isProvisional, CancellationToken cancellation)
    {
        var published = all.Where(point => known.Has(point.Series)).ToList();
        var series = published.Select(point => point.Series).ToHashSet();
        var entered = known.Candidates.Where(candidate => series.Contains(candidate.Series)).ToList();

        // A candidate is forgotten last: a run that is killed before finds it again.
        await points.EnterAsync(entered, cancellation);
        await points.ReplaceAsync(window.Start, published, cancellation);
        if (isProvisional || known == KnownNames.All)
            return;

        var waiting = known.Candidates.Select(candidate => candidate.Series).ToHashSet();
        await points.ReplaceCandidatesAsync(
            window.Start, [.. all.Where(point => !known.Has(point.Series) && !waiting.Contains(point.Series))], cancellation);
        await points.DeleteCandidatesAsync(entered, cancellation);
    }

    /// <summary>Before some windows are done again, oldest first: forgets what waits since one of them.</summary>
    public async Task BeginAgainAsync(IReadOnlySet<long> windows, CancellationToken cancellation) => await points.DeleteCandidatesAsync(
        await points.ReadCandidatesAsync(cancellation).Where(span => windows.Contains(span.FirstMs)).ToListAsync(cancellation), cancellation);

    /// <summary>
    /// After a window was done again, and before the next one is: what is known there is what was carried until then, and not what a former run has found.
    /// </summary>
    public async Task GoOnAsync(Window window, CancellationToken cancellation)
    {
        if (options.MinimumNameDays == 1)
            return;

        var ms = window.Start.ToUnixTimeMilliseconds();
        var measured = await points.MeasureAsync(new HashSet<long> { ms }, cancellation);

        // One that has a former day only waits for its second one; of those behind it, it is yet to be seen.
        await points.WithdrawAsync(
            [.. measured.Where(span => span.Series.Name is not (null or LabelBounds.Other) && span.FirstMs == span.LastMs && span.LastMs < ms)], cancellation);
        await ExpireAsync(window.End, cancellation);
    }

    /// <summary>After the windows were done again: publishes what waits and had its second day in another one.</summary>
    public async Task EndAgainAsync(CancellationToken cancellation)
    {
        var lastMs = await points.ReadSeriesAsync(cancellation).ToDictionaryAsync(span => span.Series, span => span.LastMs, cancellationToken: cancellation);
        var entered = await points.ReadCandidatesAsync(cancellation)
            .Where(span => span.FirstMs < span.LastMs || lastMs.GetValueOrDefault(span.Series) > span.FirstMs)
            .ToListAsync(cancellation);
        await points.EnterAsync(entered, cancellation);
        await points.DeleteCandidatesAsync(entered, cancellation);
    }

    /// <summary>Deletes what has waited too long.</summary>
    public async Task ExpireAsync(DateTimeOffset through, CancellationToken cancellation)
    {
        var before = (through - Wait).ToUnixTimeMilliseconds();
        await points.DeleteCandidatesAsync(
            await points.ReadCandidatesAsync(cancellation).Where(span => span.FirstMs < before).ToListAsync(cancellation), cancellation);
    }
}

/// <summary>The names that may be published for a window.</summary>
/// <param name="Names">By metric; null where all may.</param>
/// <param name="Candidates">The series that wait since an earlier window.</param>
public sealed record KnownNames(IReadOnlyDictionary<string, HashSet<string>>? Names, IReadOnlyList<SeriesSpan> Candidates)
{
    public static readonly KnownNames All = new(null, []);

    /// <summary>The names of a metric; null where all are known.</summary>
    public IReadOnlySet<string>? Of(string metric) =>
        Names is null ? null : Names.GetValueOrDefault(metric) ?? (IReadOnlySet<string>)FrozenSet<string>.Empty;

    /// <summary>True where a series may be published.</summary>
    public bool Has(SeriesKey series) =>
        series.Name is null or LabelBounds.Other || Of(series.Metric)?.Contains(series.Name) is not false;
}
