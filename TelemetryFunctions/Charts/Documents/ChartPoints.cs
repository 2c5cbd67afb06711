using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>Puts points of SUMMARY into chart data.</summary>
internal static class ChartPoints
{
    /// <summary>Adds the points since the data's last day.</summary>
    /// <param name="points">SUMMARY.</param>
    /// <param name="data">What is there so far.</param>
    /// <param name="series">The series.</param>
    /// <param name="before">Later windows are left out; null takes all.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddToAsync(
        this PointStore points, ChartData data, SeriesKey series, DateTimeOffset? before, CancellationToken cancellation)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(data.EndMs);
        await foreach (var (ms, label, value) in points.ReadPointsAsync(series, from, cancellation))
        {
            if (ms >= before?.ToUnixTimeMilliseconds())
                break;
            data.Add(ms, label, value);
        }

        data.FoldLabels();
    }
}
