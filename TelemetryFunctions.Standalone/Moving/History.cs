using System.Collections.Frozen;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Points that were made elsewhere, and what comes with them. All of it is checked before any of it is given out.</summary>
internal abstract class History
{
    /// <summary>True where it has all that there is of its metrics on its days, so that another series of theirs has nothing there.</summary>
    public abstract bool IsWhole { get; }

    /// <summary>The days that it is of, those without points too; null for those that have points.</summary>
    public virtual WindowSpan? Days => null;

    /// <summary>When systems were first and last seen; none where it does not say.</summary>
    public virtual IReadOnlyDictionary<SystemId, KnownSystem> Systems => FrozenDictionary<SystemId, KnownSystem>.Empty;

    /// <summary>On which days the service was down that made it, for as far as it says.</summary>
    public virtual IReadOnlyList<Outage> Outages => [];

    /// <summary>Days that this service could not summarize again.</summary>
    public virtual IReadOnlyList<WindowSpan> Kept => [];

    /// <summary>
    /// Where counts were published with noise, which may make them smaller than what a label must have: how many systems it had to have before; null where counts
    /// are true.
    /// </summary>
    public virtual int? MinimumBeforeNoise => null;

    /// <summary>What it has that there is no place for, a line each.</summary>
    public virtual IReadOnlyList<string> LeftOut => [];

    /// <summary>Its series. Asked twice, it gives the same.</summary>
    /// <param name="knownNames">The series of names that have a chart already.</param>
    /// <param name="cancellation">Ends it.</param>
    public abstract IAsyncEnumerable<SeriesPoints> ReadAsync(IReadOnlySet<SeriesKey> knownNames, CancellationToken cancellation);
}

/// <summary>A series with its points, oldest first.</summary>
internal sealed record SeriesPoints(SeriesKey Series, IReadOnlyList<SeriesPoint> Points)
{
    /// <summary>Between which days it has points, where that is known to be more than those of its points.</summary>
    public SeriesSpan? Span { get; init; }
}

/// <summary>The value of a label on a day.</summary>
/// <param name="Ms">The start of the day, epoch ms.</param>
/// <param name="Label">The label.</param>
/// <param name="Value">The value, finite.</param>
internal readonly record struct SeriesPoint(long Ms, string Label, double Value);
