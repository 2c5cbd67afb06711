using System.Runtime.CompilerServices;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Installs;

/// <summary>
/// The daily points of installs in SUMMARY: a series of every package, and one with a label for each of its versions, and the
/// same of the installs in CI.
/// </summary>
public sealed class InstallPoints(PointStore points)
{
    private const string Metric = "installs";

    /// <summary>The one label of a package's series.</summary>
    private const string Label = "installs";

    /// <summary>Writes a counter's installs of a day. They only ever grow, so what came first does not matter.</summary>
    public Task WriteAsync(CounterKey key, DateOnly day, Counter counter, CancellationToken cancellation) =>
        points.RaiseAsync([.. PointsOf(key, day, counter, isFirst: false)], cancellation);

    /// <summary>Writes the installs of counters of the days of what was added to them last.</summary>
    public Task WriteAsync(IEnumerable<(CounterKey Key, InstallDelta Added, Counter Counter)> counters, CancellationToken cancellation) => points.RaiseAsync(
        [.. counters.SelectMany(one => one.Added.Days.SelectMany(day =>
            PointsOf(one.Key, day.Key, one.Counter, isFirst: one.Counter.Days.On(day.Key) == day.Value.All)))],
        cancellation);

    private static IEnumerable<RaisedPoint> PointsOf(CounterKey key, DateOnly day, Counter counter, bool isFirst)
    {
        yield return new RaisedPoint(StartOf(day), new Point(SeriesOf(key), LabelOf(key), counter.Days.On(day)), isFirst);
        if (counter.Ci is { } ci && ci.Knows(day) && ci.Days.On(day) is var installs and > 0)
            yield return new RaisedPoint(StartOf(day), new Point(CiSeriesOf(key), LabelOf(key), installs), isFirst);
    }

    /// <summary>The installs of a package by day with those in CI, oldest first; days without any are left out.</summary>
    public async IAsyncEnumerable<InstallDay> ReadAsync(
        string package, CiInstalls? ci, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var key = new CounterKey(package, null);
        var inCi = await ReadCiAsync(key, cancellation).ToDictionaryAsync(day => day.Day, day => day.Installs, cancellationToken: cancellation);
        await foreach (var (day, installs) in ReadAsync(key, cancellation))
            yield return new InstallDay(day, installs, ci?.Knows(day) == true ? inCi.GetValueOrDefault(day) : null);
    }

    /// <summary>The installs of a counter by day, oldest first; days without any are left out.</summary>
    public IAsyncEnumerable<(DateOnly Day, long Installs)> ReadAsync(CounterKey key, CancellationToken cancellation) =>
        ReadAsync(SeriesOf(key), LabelOf(key), cancellation);

    /// <summary>The installs of a counter in CI by day, oldest first; days without any are left out.</summary>
    public IAsyncEnumerable<(DateOnly Day, long Installs)> ReadCiAsync(CounterKey key, CancellationToken cancellation) =>
        ReadAsync(CiSeriesOf(key), LabelOf(key), cancellation);

    /// <summary>The installs of a package by day and by the first two numbers of their version, oldest first, from a day on.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, IDictionary<string, long> Installs)>> ReadVersionsAsync(
        string package, DateOnly first, CancellationToken cancellation)
    {
        var days = new List<(DateOnly Day, IDictionary<string, long> Installs)>();
        await foreach (var (ms, version, installs) in points.ReadPointsAsync(SeriesOf(new CounterKey(package, "")), StartOf(first), cancellation))
        {
            var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime);
            if (days.Count == 0 || days[^1].Day != day)
                days.Add((day, new Dictionary<string, long>(StringComparer.Ordinal)));
            var label = VersionLabel.Xy(version);
            days[^1].Installs[label] = days[^1].Installs.TryGetValue(label, out var others) ? others + (long)installs : (long)installs;
        }

        return days;
    }

    /// <summary>
    /// The installs of a package or, where the key's version is empty, of each of its versions, by the label of their points and oldest
    /// first; those in CI are null where there is no point of them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<InstallDay>>> ReadAllAsync(CounterKey key, CancellationToken cancellation)
    {
        var inCi = await points.ReadPointsAsync(CiSeriesOf(key), DateTimeOffset.UnixEpoch, cancellation)
            .ToDictionaryAsync(point => (point.Ms, point.Label), point => (long)point.Value, cancellationToken: cancellation);
        return await points.ReadPointsAsync(SeriesOf(key), DateTimeOffset.UnixEpoch, cancellation)
            .GroupBy(
                point => point.Label,
                point => new InstallDay(DayOf(point.Ms), (long)point.Value, inCi.TryGetValue((point.Ms, point.Label), out var ci) ? ci : null))
            .ToDictionaryAsync(days => days.Key, days => (IReadOnlyList<InstallDay>)[.. days], cancellationToken: cancellation);
    }

    /// <summary>Writes what <see cref="ReadAllAsync"/> has read of a counter.</summary>
    public async Task WriteAllAsync(CounterKey key, IReadOnlyCollection<InstallDay> days, CancellationToken cancellation)
    {
        await points.WriteAsync(SeriesOf(key), days.Select(day => (MsOf(day.Day), LabelOf(key), (double)day.Installs)), cancellation);
        await points.WriteAsync(CiSeriesOf(key), days.Where(day => day.Ci is not null).Select(day => (MsOf(day.Day), LabelOf(key), (double)day.Ci!.Value)), cancellation);
    }

    /// <summary>Deletes the points of a package and its versions after a day.</summary>
    public async Task DeleteAfterAsync(string package, DateOnly day, CancellationToken cancellation)
    {
        foreach (var key in new CounterKey[] { new(package, null), new(package, "") })
        {
            await points.DeleteFromAsync(SeriesOf(key), StartOf(day.AddDays(1)), cancellation);
            await points.DeleteFromAsync(CiSeriesOf(key), StartOf(day.AddDays(1)), cancellation);
        }
    }

    private IAsyncEnumerable<(DateOnly Day, long Installs)> ReadAsync(SeriesKey series, string label, CancellationToken cancellation) =>
        points.ReadPointsAsync(series, DateTimeOffset.UnixEpoch, cancellation)
            .Where(point => point.Label == label)
            .Select(point => (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(point.Ms).UtcDateTime), (long)point.Value));

    private static DateOnly DayOf(long ms) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime);

    private static long MsOf(DateOnly day) => StartOf(day).ToUnixTimeMilliseconds();

    private static string LabelOf(CounterKey key) => key.Version ?? Label;

    private static SeriesKey SeriesOf(CounterKey key) => new(Metric, key.Version is null ? null : "version", key.Package);

    private static SeriesKey CiSeriesOf(CounterKey key) => new(Metric, key.Version is null ? "ci" : "version-ci", key.Package);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>A package's installs of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Installs">All of them.</param>
/// <param name="Ci">Those in CI; null where they were not told apart.</param>
public readonly record struct InstallDay(DateOnly Day, long Installs, long? Ci);
