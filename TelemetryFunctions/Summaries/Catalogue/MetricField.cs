using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>What a metric reads of a report. What it is read as, labels, numbers or versions, is up to the metric's kind.</summary>
public abstract class MetricField
{
    /// <summary>Its name in the catalogue.</summary>
    public abstract string Name { get; }

    /// <summary>The member of a report in which it is.</summary>
    public abstract string Member { get; }

    /// <summary>The names of the numbers that it has, one unless it is a message of numbers.</summary>
    public abstract IReadOnlyList<string> NumberNames { get; }

    /// <summary>Reads it as labels, each of which counts once.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">How a value is written.</param>
    /// <param name="labels">What is read is added to it.</param>
    public abstract Reading ReadLabels(IMessage report, LabelFormat format, ISet<string> labels);

    /// <summary>Reads one of its numbers.</summary>
    /// <param name="report">The report.</param>
    /// <param name="index">Which of <see cref="NumberNames"/>.</param>
    /// <param name="number">The number, finite.</param>
    public abstract Reading ReadNumber(IMessage report, int index, out double number);

    /// <summary>Reads it as names with a version each; of a name that is there twice, the last one.</summary>
    public abstract Reading ReadVersions(IMessage report, IDictionary<string, string> versions);

    /// <summary>Writes it into a report, in place of what it has there.</summary>
    /// <param name="report">The report.</param>
    /// <param name="value">The value, as a JSON report would have it.</param>
    /// <returns>False where the field can't have that value.</returns>
    public abstract bool TryWrite(IMessage report, Value value);
}

/// <summary>What came of reading a field.</summary>
public enum Reading
{
    /// <summary>The report does not say it.</summary>
    Absent,

    /// <summary>It was read.</summary>
    Read,

    /// <summary>The report says it as something that the metric can't count.</summary>
    Unreadable,
}
