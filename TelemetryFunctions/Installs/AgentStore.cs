using System.Globalization;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using TelemetryFunctions.Installs.Schema;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Installs;

/// <summary>The table AGENTS: a row a day with its installs by platform and by version of PHP. Key = <c>yyyyMMdd</c>.</summary>
public sealed class AgentStore(ITableStore store)
{
    private const string Partition = "installs";
    private const string DayFormat = "yyyyMMdd";

    private static readonly Column<byte[]> Counts = new("Counts");
    private static readonly Column<DateTimeOffset> Through = new("Through");
    private static readonly Column<DateTimeOffset> MovedThrough = new("MovedThrough");

    public static TableSchema Table { get; } = new("AGENTS", Counts, Through, MovedThrough);

    /// <summary>
    /// Adds what a window has of a day, unless that is in it already: the row says through which window it is rolled up, and only
    /// a newer one is added, under its ETag.
    /// </summary>
    public async Task ApplyAsync(DateOnly day, AgentCounts counts, DateTimeOffset through, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await store.FindAsync(Table, Partition, Key(day), cancellation);
            if (row is not null && row.Get(Through) >= through)
                return;

            var sum = Sum(row, [counts]);
            if (await TryWriteAsync(day, [Counts.Of(sum), Through.Of(through)], row, cancellation))
                return;
        }
    }

    /// <summary>All days, oldest first.</summary>
    public async IAsyncEnumerable<(DateOnly Day, AgentCounts Counts)> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(Partition), cancellation: cancellation))
            yield return (DateOnly.ParseExact(row.Key, DayFormat, CultureInfo.InvariantCulture), Read(row));
    }

    /// <summary>
    /// Counts the installs of days that are yet to come for today: a clock was ahead. Windows from <paramref name="through"/> on
    /// are still to be added.
    /// </summary>
    /// <remarks>
    /// Today's row says which of the later ones it has taken in until they are deleted, so that a run that is killed in between
    /// takes none in twice.
    /// </remarks>
    public async Task RewindAsync(DateOnly today, DateTimeOffset through, CancellationToken cancellation)
    {
        var later = await store.ScanAsync(Table, KeyRange.Keys(Partition, Key(today.AddDays(1)), null), cancellation: cancellation).ToListAsync(cancellation);
        var row = await store.FindAsync(Table, Partition, Key(today), cancellation);
        if (later.Count > 0 || row?.Get(Through) > through)
        {
            var moved = row?.Get(MovedThrough, DateTimeOffset.MinValue) ?? DateTimeOffset.MinValue;
            var sum = Sum(row, later.Where(day => day.Get(Through) > moved).Select(Read));
            var until = later.Select(day => day.Get(Through)).Append(moved).Max();
            await WriteAsync([Counts.Of(sum), Through.Of(row?.Get(Through) < through ? row.Get(Through) : through), MovedThrough.Of(until)]);
            await store.DeleteAsync(Table, Partition, [.. later.Select(day => day.Key)], cancellation);
            row = await store.FindAsync(Table, Partition, Key(today), cancellation);
        }

        if (row is not null && row.Get(MovedThrough, DateTimeOffset.MinValue) > DateTimeOffset.MinValue)
            await WriteAsync([Counts.Of(row.Get(Counts)), Through.Of(row.Get(Through))]);

        async Task WriteAsync(Cell[] cells)
        {
            if (!await TryWriteAsync(today, cells, row, cancellation))
                throw new InvalidOperationException("Another runner counted installs meanwhile.");
        }
    }

    private async Task<bool> TryWriteAsync(DateOnly day, Cell[] cells, Row? before, CancellationToken cancellation) =>
        await store.TryWriteAsync(Table, new Row(Partition, Key(day), cells), before?.ETag, cancellation) is not null;

    private static AgentCounts Read(Row row) => AgentCounts.Parser.ParseFrom(row.Get(Counts));

    private static byte[] Sum(Row? row, IEnumerable<AgentCounts> more)
    {
        var sum = row is null ? new AgentCounts() : Read(row);
        foreach (var counts in more)
            sum.Add(counts);
        return sum.ToByteArray();
    }

    private static string Key(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
