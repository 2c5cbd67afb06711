using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Runs of digits compare as numbers, so that 3.9 comes before 3.21; <c>other</c> and <c>unknown</c> come last.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public int Compare(string? x, string? y) =>
        IsRest(x).CompareTo(IsRest(y)) is var rest and not 0 ? rest
        : CompareParts(x, y) is var order and not 0 ? order
        : string.CompareOrdinal(x, y);

    // Not CompareOptions.NumericOrdering, which invariant globalization leaves without effect.
    private static int CompareParts(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        while (!x.IsEmpty && !y.IsEmpty)
        {
            var (left, right) = (Digits(x), Digits(y));
            var order = left > 0 && right > 0 ? CompareNumbers(x[..left], y[..right]) : x[0].CompareTo(y[0]);
            if (order != 0)
                return order;
            x = x[Math.Max(1, left)..];
            y = y[Math.Max(1, right)..];
        }

        return x.Length.CompareTo(y.Length);
    }

    private static int Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;

    private static int CompareNumbers(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        x = x.TrimStart('0');
        y = y.TrimStart('0');
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
    }

    private static bool IsRest(string? label) =>
        label is LabelBounds.Other || string.Equals(label, LabelBounds.Unknown, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The order of a list; what is not on it comes behind, in natural order.</summary>
public sealed class ListedOrder(IReadOnlyList<string> labels) : IComparer<string>
{
    private static readonly NaturalOrder Behind = new();

    private readonly Dictionary<string, int> _ranks = labels.Select((label, rank) => (label, rank)).ToDictionary();

    public int Compare(string? x, string? y) =>
        Rank(x).CompareTo(Rank(y)) is var rank and not 0 ? rank : Behind.Compare(x, y);

    private int Rank(string? label) => _ranks.GetValueOrDefault(label!, int.MaxValue);
}
