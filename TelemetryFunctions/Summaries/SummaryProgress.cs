using System.Globalization;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries;

/// <summary>How far a source is summarized: the row in STATE, written only under its ETag.</summary>
/// <param name="First">The start of the first window that was ever done; null before that.</param>
/// <param name="Through">The end of the last window done; null before the first.</param>
/// <param name="ExpiredThrough">What <paramref name="Through"/> was when expiry last ran to its end.</param>
public sealed record SummaryProgress(DateTimeOffset? First, DateTimeOffset? Through, DateTimeOffset? ExpiredThrough)
{
    public static readonly SummaryProgress None = new(null, null, null);

    /// <summary>Rows of the last window done that a metric could not count, by metric; null where there are none.</summary>
    public IReadOnlyDictionary<string, long>? Unreadable { get; init; }

    /// <summary>Metrics whose labels looked personal in the last window done, and the rules that say so; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Withheld { get; init; }

    /// <summary>Rows of the last window done that do not count, by the rule that says so, where there are so many that it may be published; null where there are none.</summary>
    public IReadOnlyDictionary<string, long>? Excluded { get; init; }

    /// <summary>The lease of a runner, null where none holds it.</summary>
    public SummaryLeaseMark? Lease { get; init; }

    /// <summary>What a clock that was ahead has done, and is not taken back yet; null where there is nothing.</summary>
    public AheadSpan? Ahead { get; init; }

    /// <summary>True where a window is done that is not over: a clock was, or is, wrong.</summary>
    public bool IsAheadOf(DateTimeOffset now) => Ahead is not null || IsThroughAfter(now);

    /// <summary>True where the last window that counts as done is not over.</summary>
    public bool IsThroughAfter(DateTimeOffset now) => Through > now + Window.Grace;

    /// <summary>The same, of which the windows from a time on are to be taken back, and be done again.</summary>
    public SummaryProgress BackTo(DateTimeOffset time)
    {
        var from = Ahead?.From < time ? Ahead.From : time;
        var (first, through) = First < from ? (First, from) : ((DateTimeOffset?)null, (DateTimeOffset?)null);
        return this with { First = first, Through = through, ExpiredThrough = null, Ahead = new AheadSpan(from, Ahead?.Through > Through ? Ahead.Through : Through!.Value) };
    }

    /// <summary>The same with what came of the last window done.</summary>
    public SummaryProgress With(in WindowResult last) => this with { Unreadable = last.Unreadable, Withheld = last.Withheld, Excluded = last.Excluded };

    /// <summary>
    /// True where no chart of a metric is shown. Of a metric with a chart for each name, each name is judged by itself: strangers choose names, and may not have all
    /// charts taken away by one.
    /// </summary>
    public bool Withholds(Metric metric) => !metric.Kind.IsPerName && Withheld?.ContainsKey(metric.Id) is true;

    /// <summary>True where expiry has not caught up with the windows done.</summary>
    public bool IsExpiryDue => Through is not null && ExpiredThrough != Through;
}

/// <summary>Windows that were done by a clock that was ahead.</summary>
/// <param name="From">The start of the first of them.</param>
/// <param name="Through">The end of the last of them.</param>
public sealed record AheadSpan(DateTimeOffset From, DateTimeOffset Through);

/// <summary>Who summarizes a source now, and until when that is to be believed without renewal.</summary>
/// <param name="Process">A name made when the process started.</param>
/// <param name="Run">A name made when the run started.</param>
/// <param name="Until">The lease is stale from then on.</param>
public sealed record SummaryLeaseMark(string Process, string Run, DateTimeOffset Until);

/// <summary>The table STATE: partition = source, key = job.</summary>
public sealed class SummaryProgressStore(ITableStore store)
{
    private const string Key = "summaries";

    internal static readonly Column<DateTimeOffset> First = new("First");
    internal static readonly Column<DateTimeOffset> Through = new("Through");
    private static readonly Column<DateTimeOffset> ExpiredThrough = new("ExpiredThrough");
    private static readonly Column<DateTimeOffset> AheadFrom = new("AheadFrom");
    private static readonly Column<DateTimeOffset> AheadThrough = new("AheadThrough");
    private static readonly Column<string> Unreadable = new("Unreadable");
    private static readonly Column<string> Withheld = new("Withheld");
    private static readonly Column<string> Excluded = new("Excluded");
    private static readonly Column<string> LeaseProcess = new("LeaseProcess");
    private static readonly Column<string> LeaseRun = new("LeaseRun");
    private static readonly Column<DateTimeOffset> LeaseUntil = new("LeaseUntil");

    /// <summary>A hash, in rows of others.</summary>
    internal static readonly Column<string> Tag = new("Tag");

    public static TableSchema Table { get; } =
        new("STATE", First, Through, ExpiredThrough, AheadFrom, AheadThrough, Unreadable, Withheld, Excluded, LeaseProcess, LeaseRun, LeaseUntil, OutageStore.Hours, Tag);

    /// <summary>The progress of a source and the ETag to write it under, null where there is no row yet.</summary>
    public async Task<(SummaryProgress Progress, string? ETag)> ReadAsync(string source, CancellationToken cancellation)
    {
        var row = await store.FindAsync(Table, source, Key, cancellation);
        if (row is null)
            return (SummaryProgress.None, null);

        var lease = row.Get(LeaseRun, "") is { Length: > 0 } run
            ? new SummaryLeaseMark(row.Get(LeaseProcess), run, row.Get(LeaseUntil))
            : null;
        var progress = new SummaryProgress(Time(row, First), Time(row, Through), Time(row, ExpiredThrough))
        {
            Lease = lease,
            Ahead = Time(row, AheadFrom) is { } from ? new AheadSpan(from, row.Get(AheadThrough)) : null,
            Unreadable = ReadPairs(row.Get(Unreadable, ""), ReadNumber),
            Withheld = ReadPairs(row.Get(Withheld, ""), text => text),
            Excluded = ReadPairs(row.Get(Excluded, ""), ReadNumber),
        };
        return (progress, row.ETag);
    }

    /// <summary>Writes progress where nobody else has since <paramref name="etag"/>.</summary>
    /// <returns>The new ETag, or null when somebody has.</returns>
    public Task<string?> TryWriteAsync(string source, SummaryProgress progress, string? etag, CancellationToken cancellation)
    {
        var cells = new List<Cell>();
        void Add(Column<DateTimeOffset> column, DateTimeOffset? time)
        {
            if (time is { } value)
                cells.Add(column.Of(value));
        }

        Add(First, progress.First);
        Add(Through, progress.Through);
        Add(ExpiredThrough, progress.ExpiredThrough);
        Add(AheadFrom, progress.Ahead?.From);
        Add(AheadThrough, progress.Ahead?.Through);
        if (progress.Unreadable is { } unreadable)
            cells.Add(Unreadable.Of(WritePairs(unreadable)));
        if (progress.Withheld is { } withheld)
            cells.Add(Withheld.Of(WritePairs(withheld)));
        if (progress.Excluded is { } excluded)
            cells.Add(Excluded.Of(WritePairs(excluded)));
        if (progress.Lease is { } lease)
        {
            cells.Add(LeaseProcess.Of(lease.Process));
            cells.Add(LeaseRun.Of(lease.Run));
            cells.Add(LeaseUntil.Of(lease.Until));
        }

        return store.TryWriteAsync(Table, new Row(source, Key, [.. cells]), etag, cancellation);
    }

    /// <summary>What is said by metric or rule, as it is stored: <c>users=3,groups=1</c>.</summary>
    private static string WritePairs<T>(IReadOnlyDictionary<string, T> pairs) =>
        string.Join(',', pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    private static Dictionary<string, T>? ReadPairs<T>(string text, Func<string, T> read) => text.Length == 0 ? null : text.Split(',')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => read(pair[1]), StringComparer.Ordinal);

    private static long ReadNumber(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(Row row, Column<DateTimeOffset> column) =>
        row.Get(column, DateTimeOffset.MinValue) is var time && time > DateTimeOffset.MinValue ? time : null;
}
