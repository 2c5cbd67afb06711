using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Runs of digits compare as numbers, so that 3.9 comes before 3.21; <c>other</c> and <c>unknown</c> come last.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public int Compare(string? x, string? y) =>
        IsRest(x).CompareTo(IsRest(y)) is var rest and not 0 ? rest
        : string.Compare(x, y, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering) is var order and not 0 ? order
        : string.CompareOrdinal(x, y);

    private static bool IsRest(string? label) => label is LabelBounds.Other or LabelBounds.Unknown;
}

/// <summary>The order of a list; what is not on it comes behind, in ordinal order.</summary>
public sealed class ListedOrder(IReadOnlyList<string> labels) : IComparer<string>
{
    private readonly Dictionary<string, int> _ranks = labels.Select((label, rank) => (label, rank)).ToDictionary();

    public int Compare(string? x, string? y) =>
        Rank(x).CompareTo(Rank(y)) is var rank and not 0 ? rank : string.CompareOrdinal(x, y);

    private int Rank(string? label) => _ranks.GetValueOrDefault(label!, int.MaxValue);
}
