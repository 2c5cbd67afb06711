using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>What a catalogue says about the labels of a metric.</summary>
/// <param name="Names">What a label is called instead; several may be called the same.</param>
/// <param name="Only">The labels that there are, as they are called; null for any.</param>
public sealed record LabelRules(IReadOnlyDictionary<string, string> Names, IReadOnlySet<string>? Only)
{
    public static readonly LabelRules None = new(new Dictionary<string, string>(), null);

    /// <summary>The label under which a value counts.</summary>
    public string Apply(string label)
    {
        label = Names.GetValueOrDefault(label, label);
        return Only is null || Only.Contains(label) ? label : LabelBounds.Other;
    }
}
