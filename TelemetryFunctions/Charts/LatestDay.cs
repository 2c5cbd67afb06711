namespace TelemetryFunctions.Charts;

/// <summary>The newest day of a chart of which something is known.</summary>
/// <param name="Index">Its place among the times.</param>
/// <param name="Day">The day.</param>
/// <param name="Values">What is known of it, in the order of the chart.</param>
/// <param name="Counted">How many systems were counted, where one can have several labels; null where the values add up to them.</param>
internal sealed record LatestDay(int Index, DateOnly Day, IReadOnlyList<(string Label, double Value)> Values, double? Counted)
{
    /// <summary>Null where no day has a value.</summary>
    public static LatestDay? Find(ChartDocument document)
    {
        for (var i = document.Times.Count - 1; i >= 0; i--)
        {
            if (At(document, i) is { Count: > 0 } values)
                return new LatestDay(i, ChartQuery.Day(document.Times[i]), values, document.Counted?[i]);
        }

        return null;
    }

    /// <summary>The newest day that is over; null where nothing is known of it.</summary>
    public static LatestDay? OfClosed(ChartDocument document)
    {
        if (document.Through is not { } through)
            return null;

        var index = Enumerable.Range(0, document.Times.Count).Where(i => ChartQuery.Day(document.Times[i]) == through).Cast<int?>().FirstOrDefault();
        return index is { } i && At(document, i) is { Count: > 0 } values ? new LatestDay(i, through, values, document.Counted?[i]) : null;
    }

    private static List<(string Label, double Value)> At(ChartDocument document, int i) =>
        [.. document.Series.Where(series => series.Values[i] is not null).Select(series => (series.Label, series.Values[i]!.Value))];
}
