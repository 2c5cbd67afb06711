using System.Globalization;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// Which windows were imported and not made of raw rows here: a row of STATE for every span of them. Partition = <c>imported</c>, key =
/// the source and <c>yyyyMMdd</c>.
/// </summary>
public sealed class ImportedWindows(ITableStore store)
{
    private const string Partition = "imported";
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Notes that the windows from a moment to another one are imported.</summary>
    public Task AddAsync(string source, WindowSpan span, CancellationToken cancellation) => store.UpsertAsync(
        SummaryProgressStore.Table, [new Row(Partition, Prefix(source) + Format(span.From), SummaryProgressStore.Through.Of(span.To))], cancellation: cancellation);

    /// <summary>Notes that a window is made of raw rows here after all.</summary>
    public async Task RemoveAsync(string source, Window window, CancellationToken cancellation)
    {
        var spans = await ReadAsync(source, cancellation);
        foreach (var span in spans.Where(span => span.Has(window.Start)))
        {
            // What is behind it first: a run that is killed in between leaves it in, and is done again.
            if (span.To > window.End)
                await AddAsync(source, new WindowSpan(window.End, spans.Where(other => other.From == window.End).Append(span).Max(other => other.To)), cancellation);
            if (span.From < window.Start)
                await AddAsync(source, span with { To = window.Start }, cancellation);
            else
                await store.DeleteAsync(SummaryProgressStore.Table, Partition, [Prefix(source) + Format(span.From)], cancellation);
        }
    }

    /// <summary>The spans that were noted, in the order of their beginnings; they may overlap.</summary>
    public async Task<IReadOnlyList<WindowSpan>> ReadAsync(string source, CancellationToken cancellation) =>
        await store.ScanAsync(SummaryProgressStore.Table, KeyRange.Prefix(Partition, Prefix(source)), cancellation: cancellation)
            .Select(row => new WindowSpan(Parse(row.Key[Prefix(source).Length..]), row.Get(SummaryProgressStore.Through)))
            .ToListAsync(cancellation);

    private static string Prefix(string source) => source + KeyCodec.Separator;

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string day) => DateTimeOffset.ParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>Windows that follow one another.</summary>
/// <param name="From">The start of the first.</param>
/// <param name="To">The end of the last.</param>
public readonly record struct WindowSpan(DateTimeOffset From, DateTimeOffset To)
{
    public bool Has(DateTimeOffset time) => From <= time && time < To;
}
