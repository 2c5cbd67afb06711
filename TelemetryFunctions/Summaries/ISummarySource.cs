namespace TelemetryFunctions.Summaries;

/// <summary>One kind of raw data, summarized window by window. <see cref="SummaryRunner"/> decides when.</summary>
public interface ISummarySource
{
    /// <summary>The source's name, its partition in STATE.</summary>
    string Name { get; }

    /// <summary>A day or an hour.</summary>
    TimeSpan WindowLength { get; }

    /// <summary>The start of the oldest window with raw rows, or null where there are none.</summary>
    Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation);

    /// <summary>
    /// Summarizes a window. Doing it again, after it was killed anywhere, gives the same tables.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="isProvisional">
    /// True for a window that is not over: only points are written, which the real run replaces.
    /// </param>
    /// <param name="cancellation">Ends the run; the window is not done then.</param>
    Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation);

    /// <summary>
    /// Summarizes windows again that have got raw rows since they were done, and those that are not over where their points are shown. Each
    /// run does so, after the windows that are due.
    /// </summary>
    /// <param name="through">The end of the last window that is done; null before the first.</param>
    /// <param name="cancellation">Ends it; the next run goes on.</param>
    /// <returns>Raw rows that were counted, and those that could not be read.</returns>
    Task<WindowResult> RefreshAsync(DateTimeOffset? through, CancellationToken cancellation) => Task.FromResult(default(WindowResult));

    /// <summary>
    /// Takes back what a clock that was ahead has left in the future, so that it is as if it had come now: no raw row is lost or
    /// counted twice. Doing it again, after it was killed anywhere, gives the same tables.
    /// </summary>
    /// <param name="now">The time by the clock that is right.</param>
    /// <param name="ahead">The windows that are to be undone, some of which may be over by now; null where there are none.</param>
    /// <param name="cancellation">Ends it; the next run goes on.</param>
    Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation);

    /// <summary>Removes what is older than its retention.</summary>
    /// <param name="through">The end of the last window that is done: nothing newer may go.</param>
    /// <param name="cancellation">Ends it; the next run goes on.</param>
    /// <returns>Raw rows removed.</returns>
    Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation);
}

/// <summary>What came of a window.</summary>
/// <param name="Rows">Raw rows that were counted.</param>
/// <param name="Skipped">Raw rows that could not be read; each is logged by its key.</param>
public readonly record struct WindowResult(long Rows, long Skipped)
{
    /// <summary>Rows that do not count because a rule says so.</summary>
    public long ExcludedRows { get; init; }

    /// <summary>Rows that do not count, by the rule that says so, where there are so many that it may be published; null where there are none.</summary>
    public IReadOnlyDictionary<string, long>? Excluded { get; init; }

    /// <summary>Rows that say a metric's field as something that it can't count, by metric; null where there are none.</summary>
    public IReadOnlyDictionary<string, long>? Unreadable { get; init; }

    /// <summary>Metrics that have no points of the window because their labels look personal, and the rules that say so; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Withheld { get; init; }
}
