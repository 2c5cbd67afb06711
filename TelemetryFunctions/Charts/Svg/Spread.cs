namespace TelemetryFunctions.Charts.Svg;

/// <summary>Moves texts apart that would lie upon each other.</summary>
internal static class Spread
{
    /// <summary>Places near those that are wanted, in the same order, so far apart and between two bounds where they have room there.</summary>
    public static double[] Apart(IReadOnlyList<double> wanted, double distance, double top, double bottom)
    {
        var places = new double[wanted.Count];
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToArray();
        var free = top;
        foreach (var i in order)
        {
            places[i] = Math.Max(wanted[i], free);
            free = places[i] + distance;
        }

        var limit = bottom;
        foreach (var i in order.Reverse())
        {
            places[i] = Math.Min(places[i], limit);
            limit = places[i] - distance;
        }

        return places;
    }
}
