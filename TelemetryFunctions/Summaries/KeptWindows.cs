using System.Globalization;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// Days that were to be summarized again, and keep their numbers because their raw rows are gone: a row of STATE for those that follow one another. Partition =
/// <c>kept</c>, key = <c>yyyyMMdd</c> of the last of them, behind which the numbers are others.
/// </summary>
public sealed class KeptWindows(ITableStore store)
{
    private const string Partition = "kept";
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Notes days that keep their numbers.</summary>
    public Task AddAsync(WindowSpan days, CancellationToken cancellation) => store.UpsertAsync(
        SummaryProgressStore.Table, [new Row(Partition, Key(days.To.AddDays(-1)), SummaryProgressStore.First.Of(days.From))], cancellation: cancellation);

    /// <summary>Forgets what was noted of days that end within a span.</summary>
    public async Task RemoveAsync(WindowSpan span, CancellationToken cancellation)
    {
        var keys = await store.ScanAsync(SummaryProgressStore.Table, KeyRange.Keys(Partition, Key(span.From), Key(span.To)), [], cancellation)
            .Select(row => row.Key)
            .ToListAsync(cancellation);
        await store.DeleteAsync(SummaryProgressStore.Table, Partition, keys, cancellation);
    }

    /// <summary>What was noted, in the order of the last days.</summary>
    public async Task<IReadOnlyList<WindowSpan>> ReadAsync(CancellationToken cancellation) =>
        await store.ScanAsync(SummaryProgressStore.Table, KeyRange.Partition(Partition), cancellation: cancellation)
            .Select(row => new WindowSpan(row.Get(SummaryProgressStore.First), Parse(row.Key).AddDays(1)))
            .ToListAsync(cancellation);

    private static string Key(DateTimeOffset day) => day.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string day) => DateTimeOffset.ParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
