using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts.Marks;

/// <summary>
/// Reads what charts tell of their days, and knows which annotations the stored documents have: a row of STATE, partition =
/// <c>charts</c>, key = <c>annotations</c>.
/// </summary>
public sealed class ChartMarks(ITableStore store, OutageStore outages, KeptWindows kept, Annotations annotations)
{
    private const string Partition = "charts";
    private const string Key = "annotations";

    public async Task<MarkList> ReadAsync(CancellationToken cancellation)
    {
        var down = (await outages.ReadAsync(cancellation)).Select(outage => new ChartMark(outage.Day, outage.IsHole ? ChartMark.Hole : ChartMark.Outage) { Hours = outage.Hours });
        var former = (await kept.ReadAsync(cancellation)).Select(days => new ChartMark(DateOnly.FromDateTime(days.To.UtcDateTime).AddDays(-1), ChartMark.Kept) { Days = (days.To - days.From).Days });
        return new MarkList([.. down.Concat(former).Concat(annotations.Notes).OrderBy(mark => mark.Day)]);
    }

    /// <summary>True where the documents have other annotations than there are now.</summary>
    public async Task<bool> AreChangedAsync(CancellationToken cancellation) =>
        (await store.FindAsync(SummaryProgressStore.Table, Partition, Key, cancellation))?.Get(SummaryProgressStore.Tag, "") is var drawn && (drawn ?? "") != annotations.Tag;

    /// <summary>Notes that the documents have the annotations that there are now.</summary>
    public Task NoteAsync(CancellationToken cancellation) =>
        store.UpsertAsync(SummaryProgressStore.Table, [new Row(Partition, Key, SummaryProgressStore.Tag.Of(annotations.Tag))], cancellation: cancellation);
}

/// <summary>All marks, by day.</summary>
public sealed record MarkList(IReadOnlyList<ChartMark> All)
{
    /// <summary>The chart with its marks.</summary>
    public ChartDocument On(ChartDocument document, ChartId chart) => document.Times.Count == 0
        ? document
        : document with { Marks = Between(document.Times[0], document.Times[^1], mark => mark.IsOn(chart.Id)).Select(mark => mark with { Charts = null }).ToList() is { Count: > 0 } marks ? marks : null };

    /// <summary>The overview with the marks of all charts.</summary>
    public OverviewDocument On(OverviewDocument overview, ChartSpan span) =>
        overview with { Marks = Between(span.FirstMs, span.EndMs - ChartData.DayMs, _ => true).ToList() is { Count: > 0 } marks ? marks : null };

    private IEnumerable<ChartMark> Between(long firstMs, long lastMs, Predicate<ChartMark> isWanted) => All.Where(mark =>
        ChartQuery.Ms(mark.Day) is var ms && ms >= firstMs && ms <= lastMs && isWanted(mark));
}
