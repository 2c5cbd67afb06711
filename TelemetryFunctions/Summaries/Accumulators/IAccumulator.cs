namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Turns what systems reported in one window into points. Pure and mergeable: the result depends on what was added, and
/// the order in which shards are merged is fixed.
/// </summary>
public interface IAccumulator
{
    void Add(in Observation observation);

    /// <summary>Systems that say the metric's field as something that it can't count.</summary>
    long Unreadable => 0;

    /// <summary>Adds what another accumulator of the same metric has seen.</summary>
    void Merge(IAccumulator other);

    /// <summary>The points of the window, for a metric id.</summary>
    IEnumerable<Point> Points(string metric, LabelBounds bounds);
}

/// <summary>One system in one window, or so many that are alike.</summary>
/// <param name="Report">What it sent.</param>
/// <param name="AgeDays">Days since it was first seen; 0 on its first day.</param>
/// <param name="Systems">How many systems sent it; others than 1 come from counts that were made elsewhere.</param>
public readonly record struct Observation(Google.Protobuf.IMessage Report, int AgeDays, long Systems = 1);

/// <summary>Which labels may be published.</summary>
/// <param name="MinimumSystems">A label carried by fewer systems is folded into <c>other</c>.</param>
public readonly record struct LabelBounds(int MinimumSystems)
{
    /// <summary>Labels that a metric publishes for a window; the rest is <c>other</c>. So many names, too, of a metric with a chart a name.</summary>
    public const int MaxLabels = 200;

    /// <summary>Labels that a metric with a chart a name publishes for a window in one breakdown, of all names together.</summary>
    public const int MaxLabelsOfNames = 2_000;

    /// <summary>The names that have a chart; null where every name has one. Others count as <c>other</c> too.</summary>
    public IReadOnlySet<string>? KnownNames { get; init; }

    /// <summary>The label of all that is not published by itself.</summary>
    public const string Other = "other";

    /// <summary>
    /// The label of how many systems were counted, on a day on which one had several labels: these add up to more. No text of a report
    /// is empty.
    /// </summary>
    public const string Counted = "";

    /// <summary>The label of an empty text.</summary>
    public const string Unknown = "unknown";
}
