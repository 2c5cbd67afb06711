using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>Tells the life of versions from the chart of their component.</summary>
public static class AdoptionBuilder
{
    /// <summary>Versions whose curves are told, the newest.</summary>
    public const int MaxCurves = 8;

    /// <summary>Days of a curve.</summary>
    public const int MaxCurveDays = 366;

    // A version that appears after a longer gap may have come at any time in it.
    private const int MaxGapDays = 7;

    private static readonly NaturalOrder Order = new();

    /// <param name="document">The chart, of all of its days.</param>
    /// <param name="by">Its breakdown.</param>
    /// <param name="supported">The versions that are supported; null where that is not said.</param>
    public static AdoptionDocument Build(ChartDocument document, string by, IReadOnlyList<string>? supported)
    {
        // What is not over would be a last day with a few systems.
        var count = document.Times.Count - (document.Provisional ? 1 : 0);
        var days = document.Times.Take(count).Select(ChartQuery.Day).ToList();
        var totals = Enumerable.Range(0, count).Select(day => Sum(document.Series, day)).ToList();
        var lives = document.Series
            .Where(series => IsVersion(series.Label))
            .Select(series => new Life(series, [.. Enumerable.Range(0, count).Select(day => Share(series.Values[day], totals[day]))]))
            .Where(life => life.Last >= 0)
            .OrderByDescending(life => life.Series.Label, Order)
            .ToList();
        return new AdoptionDocument(
            document.Id,
            document.Title,
            document.Unit,
            by,
            document.Through,
            [.. lives.Select(life => Lifetime(life, days, totals, supported))],
            [.. lives.Where(life => SeenFrom(life, totals)).Take(MaxCurves).Select(life => new AdoptionCurve(life.Series.Label, [.. life.Shares.Skip(life.First).Take(MaxCurveDays)]))],
            supported is null ? null : new SupportedShares(supported, [.. document.Times.Take(count)], SharesOf(document.Series, count, supported)));
    }

    private static VersionLifetime Lifetime(Life life, List<DateOnly> days, List<double?> totals, IReadOnlyList<string>? supported)
    {
        var (peak, share) = life.Shares.Index().Where(day => day.Item is not null).MaxBy(day => day.Item);
        var half = life.Shares.FindIndex(peak, day => day <= share / 2);
        return new VersionLifetime(
            life.Series.Label,
            SeenFrom(life, totals) ? days[life.First] : null,
            days[peak],
            life.Series.Values[peak]!.Value,
            share!.Value,
            half < 0 ? null : half - peak,
            days[life.Last],
            life.Shares[^1],
            supported is null ? null : IsSupported(life.Series.Label, supported));
    }

    /// <summary>True where it is known that nobody was told to have it before.</summary>
    private static bool SeenFrom(Life life, List<double?> totals) =>
        Enumerable.Range(1, MaxGapDays).Any(ago => life.First - ago is var day and >= 0 && totals[day] > 0);

    private static List<double?> SharesOf(IReadOnlyList<ChartSeries> all, int count, IReadOnlyList<string> supported)
    {
        // What is folded may be supported or not.
        var told = all.Where(series => series.Label != LabelBounds.Other).ToList();
        var current = told.Where(series => IsSupported(series.Label, supported)).ToList();
        return [.. Enumerable.Range(0, count).Select(day => Share(Sum(current, day) ?? 0, Sum(told, day)))];
    }

    private static double? Sum(IReadOnlyList<ChartSeries> all, int day) =>
        all.Aggregate((double?)null, (sum, series) => series.Values[day] is { } value ? (sum ?? 0) + value : sum);

    private static double? Share(double? value, double? total) => total > 0 ? value / total : null;

    /// <summary>True for a version, or a part of one, that is named: 3.50 is 3.50.2, and 3.5 is not.</summary>
    private static bool IsSupported(string version, IReadOnlyList<string> supported) =>
        supported.Any(named => version == named || version.StartsWith(named + ".", StringComparison.Ordinal));

    private static bool IsVersion(string label) => label is not (LabelBounds.Other or LabelBounds.Unknown) && VersionText.TryParse(label, out _);

    private sealed record Life(ChartSeries Series, List<double?> Shares)
    {
        public int First { get; } = Shares.FindIndex(share => share > 0);

        public int Last { get; } = Shares.FindLastIndex(share => share > 0);
    }
}
