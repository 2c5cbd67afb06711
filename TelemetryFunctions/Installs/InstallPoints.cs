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
        foreach (var day in days)
        {
            var point = new Point(SeriesOf(key), key.Version ?? Label, counter.Days.On(day));
            await points.RaiseAsync(StartOf(day), point, cancellation);
        }
    }

    /// <summary>The installs of a package by day, oldest first; days without any are left out.</summary>
    public IAsyncEnumerable<(DateOnly Day, long Installs)> ReadAsync(string package, CancellationToken cancellation) =>
        ReadAsync(new CounterKey(package, null), cancellation);

    /// <summary>The installs of a counter by day, oldest first; days without any are left out.</summary>
    public IAsyncEnumerable<(DateOnly Day, long Installs)> ReadAsync(CounterKey key, CancellationToken cancellation) =>
        points.ReadPointsAsync(SeriesOf(key), DateTimeOffset.UnixEpoch, cancellation)
            .Where(point => point.Label == (key.Version ?? Label))
            .Select(point => (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(point.Ms).UtcDateTime), (long)point.Value));

    /// <summary>Deletes the points of a package and its versions after a day.</summary>
    public async Task DeleteAfterAsync(string package, DateOnly day, CancellationToken cancellation)
    {
        await points.DeleteFromAsync(SeriesOf(new CounterKey(package, null)), StartOf(day.AddDays(1)), cancellation);
        await points.DeleteFromAsync(SeriesOf(new CounterKey(package, "")), StartOf(day.AddDays(1)), cancellation);
    }

    private static SeriesKey SeriesOf(CounterKey key) => new(Metric, key.Version is null ? null : "version", key.Package);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
