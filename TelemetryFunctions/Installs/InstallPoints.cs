using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>The daily points of installs in SUMMARY: a series of every package, and one with a label for each of its versions.</summary>
public sealed class InstallPoints(PointStore points)
{
    private const string Metric = "installs";

    /// <summary>The one label of a package's series.</summary>
    private const string Label = "installs";

    /// <summary>Writes a counter's installs of some days. They only ever grow, so what came first does not matter.</summary>
    public async Task WriteAsync(CounterKey key, IEnumerable<DateOnly> days, Counter counter, CancellationToken cancellation)
    {
        var series = key.Version is null ? new SeriesKey(Metric, null, key.Package) : new SeriesKey(Metric, "version", key.Package);
        foreach (var day in days)
        {
            var point = new Point(series, key.Version ?? Label, counter.Days.On(day));
            await points.RaiseAsync(StartOf(day), point, cancellation);
        }
    }

    /// <summary>The installs of a package by day, oldest first; days without any are left out.</summary>
    public IAsyncEnumerable<(DateOnly Day, long Installs)> ReadAsync(string package, CancellationToken cancellation) =>
        points.ReadPointsAsync(new SeriesKey(Metric, null, package), DateTimeOffset.UnixEpoch, cancellation)
            .Select(point => (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(point.Ms).UtcDateTime), (long)point.Value));

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
