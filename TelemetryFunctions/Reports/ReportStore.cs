using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>
/// The table RAW: one row a system and day, the last report of the day. Partition = <c>yyyyMMdd-s</c> with the system's shard,
/// key = system id.
/// </summary>
public sealed class ReportStore(ITableStore store, Exclusions exclusions, TimeProvider clock)
{
    private const string DayFormat = "yyyyMMdd";

    private const int DaysAtOnce = 16;

    // Reports of as many systems are counted at once, each by the one before it.
    private const int Lanes = 256;

    // How far the clocks of several instances may be apart.
    private static readonly TimeSpan MostSkew = TimeSpan.FromHours(1);

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly Column<string> Format = new("Format");
    private static readonly Column<DateTimeOffset> ReceivedAt = new("ReceivedAt");

    private static readonly Column<long> Reports = new("Reports");

    private readonly SemaphoreSlim[] _lanes = exclusions.CountReports ? [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))] : [];
    private readonly Column[] _summarized = exclusions.CountReports ? [Payload, Format, Reports] : [Payload, Format];

    public static TableSchema Table { get; } = new("RAW", Payload, Format, ReceivedAt, Reports) { IsPersonal = true };

    /// <summary>Stores a report. Returns when it is durable.</summary>
    /// <param name="system">Whose it is.</param>
    /// <param name="payload">The body.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="ofDay">The day that it is of, which counts as long as it is not closed; null for the one on which it is written.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The day under which it is stored.</returns>
    /// <exception cref="StoreUnavailableException">It is not known to be durable after <see cref="StorePatience.Limit"/>.</exception>
    public async Task<Window> StoreAsync(SystemId system, byte[] payload, ReportFormat format, Window? ofDay, CancellationToken cancellation)
    {
        var stored = default(Window);
        await StorePatience.RunAsync(async token => stored = await StoreByDayAsync(system, payload, format, ofDay, token), clock, cancellation);
        return stored;
    }

    /// <summary>The reports of one shard of a day, by system id.</summary>
    public async IAsyncEnumerable<StoredReport> ReadAsync(Window day, char shard, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(Partition(day, shard)), _summarized, cancellation))
            yield return new StoredReport(row.Key, row.Get(Payload, []), row.Get(Format, "")) { Reports = CountOf(row) };
    }

    /// <summary>Every report of every day.</summary>
    public async IAsyncEnumerable<StoredReport> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.All, [Payload, Format], cancellation))
            yield return new StoredReport(row.Key, row.Get(Payload, []), row.Get(Format, ""));
    }

    /// <summary>Those of some systems, in order, that still have a report on a day.</summary>
    public async Task<HashSet<string>> FindPresentAsync(Window day, char shard, string from, string to, CancellationToken cancellation)
    {
        var range = KeyRange.Keys(Partition(day, shard), from, to + KeyCodec.Last);
        return await store.ScanAsync(Table, range, [], cancellation).Select(row => row.Key).ToHashSetAsync(cancellationToken: cancellation);
    }

    /// <summary>The oldest day with reports, or null.</summary>
    public async Task<Window?> FindOldestDayAsync(CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.All, [], cancellation))
            return DayOf(row.Partition);
        return null;
    }

    /// <summary>The first day with reports from a moment on, or null.</summary>
    public async Task<Window?> FindFirstDayAsync(DateTimeOffset from, CancellationToken cancellation) =>
        await ReadDaysAsync(from, cancellation).Select(day => (Window?)day).FirstOrDefaultAsync(cancellation);

    /// <summary>The days on which a system has a report, oldest first.</summary>
    public async Task<IReadOnlyList<Window>> FindDaysAsync(SystemId system, CancellationToken cancellation)
    {
        var (id, found) = (system.ToString(), new ConcurrentBag<Window>());
        await Parallel.ForEachAsync(
            ReadDaysAsync(DateTimeOffset.MinValue, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = DaysAtOnce, CancellationToken = cancellation },
            async (day, token) =>
            {
                if ((await FindPresentAsync(day, system.Shard, id, id, token)).Count > 0)
                    found.Add(day);
            });
        return [.. found.OrderBy(day => day.Start)];
    }

    /// <summary>A system's report of a day, or null.</summary>
    public async Task<ReceivedReport?> FindAsync(Window day, SystemId system, CancellationToken cancellation) =>
        await store.FindAsync(Table, Partition(day, system.Shard), system.ToString(), cancellation) is { } row
            ? new ReceivedReport(row.Get(Payload, []), row.Get(Format, ""), row.Get(ReceivedAt))
            : null;

    /// <summary>Deletes every report of a system.</summary>
    public async Task DeleteSystemAsync(SystemId system, CancellationToken cancellation)
    {
        // Those that there are, and not those there should be: a clock may have been anywhere.
        await Parallel.ForEachAsync(
            ReadDaysAsync(DateTimeOffset.MinValue, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = DaysAtOnce, CancellationToken = cancellation },
            async (day, token) => await store.DeleteAsync(Table, Partition(day, system.Shard), [system.ToString()], token));
    }

    /// <summary>
    /// Moves the reports of days that are yet to come to today, where the system has not sent another one since: they came while a
    /// clock was ahead.
    /// </summary>
    public async Task TakeBackAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var today = Window.Day(now);
        await foreach (var day in ReadDaysAsync((now + MostSkew).AddDays(1), cancellation))
        {
            foreach (var shard in SystemId.Shards)
            {
                await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(Partition(day, shard)), cancellation: cancellation))
                    await store.TryWriteAsync(Table, new Row(Partition(today, shard), row.Key, [.. row.Cells]), null, cancellation);
                await store.DeletePartitionAsync(Table, Partition(day, shard), cancellation);
            }
        }
    }

    /// <summary>The days with reports, from one on.</summary>
    private async IAsyncEnumerable<Window> ReadDaysAsync(DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (DateTimeOffset? next = from; next is { } start;)
        {
            var range = KeyRange.Partitions(start.ToString(DayFormat, CultureInfo.InvariantCulture), KeyCodec.Last);
            next = null;
            await foreach (var row in store.ScanAsync(Table, range, [], cancellation))
            {
                var day = DayOf(row.Partition);
                yield return day;
                next = day.End;
                break;
            }
        }
    }

    /// <summary>Deletes the days before <paramref name="first"/>.</summary>
    /// <returns>Reports deleted.</returns>
    public async Task<long> DeleteDaysBeforeAsync(Window first, CancellationToken cancellation)
    {
        long deleted = 0;
        while (await FindOldestDayAsync(cancellation) is { } day && day.Start < first.Start)
        {
            await Parallel.ForEachAsync(
                SystemId.Shards.Select(shard => Partition(day, shard)),
                new ParallelOptions { MaxDegreeOfParallelism = SystemId.Shards.Length, CancellationToken = cancellation },
                async (partition, token) =>
                {
                    Interlocked.Add(ref deleted, await store.ScanAsync(Table, KeyRange.Partition(partition), [], token).CountAsync(token));
                    await store.DeletePartitionAsync(Table, partition, token);
                });
        }

        return deleted;
    }

    private async Task<Window> StoreByDayAsync(SystemId system, byte[] payload, ReportFormat format, Window? ofDay, CancellationToken cancellation)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var day = ofDay is { } named && named.Start <= now && now < named.LastWrite ? named : Window.Day(now);
            var row = new Row(Partition(day, system.Shard), system.ToString(), Payload.Of(payload), Format.Of(format.Name()), ReceivedAt.Of(now));
            try
            {
                if (exclusions.CountReports)
                    await CountAsync(row, day, cancellation);
                else
                    await store.UpsertAsync(Table, [row], day.LastWrite, cancellation);
                return day;
            }
            catch (WriteExpiredException)
            {
                // Midnight passed while the row waited for the store, and the day closes: it belongs to the new one.
            }
        }
    }

    /// <summary>Stores a report with the number of those that its system has sent on the day.</summary>
    /// <remarks>Of two that come to different instances in the same moment one may be missed: that is less than a rule tells apart.</remarks>
    private async Task CountAsync(Row row, Window day, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)row.Key.GetHashCode(StringComparison.Ordinal) % Lanes];
        await lane.WaitAsync(cancellation);
        try
        {
            var before = await store.FindAsync(Table, row.Partition, row.Key, cancellation) is { } stored ? CountOf(stored) ?? 1 : 0;
            await store.UpsertAsync(Table, [new Row(row.Partition, row.Key, [.. row.Cells, Reports.Of(before + 1)])], day.LastWrite, cancellation);
        }
        finally
        {
            lane.Release();
        }
    }

    private static long? CountOf(Row row) => row.Get(Reports, 0L) is var count and > 0 ? count : null;

    private static string Partition(Window day, char shard) =>
        day.Start.ToString(DayFormat, CultureInfo.InvariantCulture) + "-" + shard;

    private static Window DayOf(string partition) => Window.Day(DateTimeOffset.ParseExact(
        partition.AsSpan(0, DayFormat.Length), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}

/// <summary>A report as it was stored.</summary>
/// <param name="System">The system's id, 32 hex digits.</param>
/// <param name="Payload">The body, byte for byte.</param>
/// <param name="Format">The format's name, see <see cref="ReportFormats.FromName"/>.</param>
public readonly record struct StoredReport(string System, byte[] Payload, string Format)
{
    /// <summary>How many the system had sent on the day; null where they were not counted.</summary>
    public long? Reports { get; init; }
}

/// <summary>A report with the time at which it came.</summary>
/// <param name="Payload">The body, byte for byte.</param>
/// <param name="Format">The format's name.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record ReceivedReport(byte[] Payload, string Format, DateTimeOffset ReceivedAt);
