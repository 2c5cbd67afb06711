using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving.Pulp;

/// <summary>
/// A day of a dump. What it counts is given to the accumulators of the catalogue, as so many systems that have sent no more than the value
/// counted; so the catalogue decides what becomes of it.
/// </summary>
internal sealed class PulpDay(MetricCatalogue catalogue)
{
    private readonly (Metric Metric, IAccumulator Accumulator)[] _ages = Accumulate(catalogue.Metrics.Where(metric => metric.Kind.CountsYoung));
    private readonly (Metric Metric, IAccumulator Accumulator)[] _values =
        Accumulate(catalogue.Metrics.Where(metric => metric.Field is not null && metric.Kind != MetricKind.Versions));

    private readonly Dictionary<string, (Metric Metric, IAccumulator Accumulator)[]> _versions = new[] { VersionsAccumulator.ByXy, VersionsAccumulator.ByXyz }
        .ToDictionary(by => by, _ => Accumulate(catalogue.Metrics.Where(metric => metric.Kind == MetricKind.Versions)));

    private readonly Dictionary<string, long> _byComponent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _means = new(StringComparer.Ordinal);
    private long? _byDatabase;

    /// <summary>
    /// How many systems there were: those that sent a version of their database, else those that have the component that most have; null
    /// where neither is known.
    /// </summary>
    public long? Systems => _byDatabase ?? (_byComponent.Count > 0 ? _byComponent.Values.Max() : null);

    public void AddAge(int days, long systems) => Add(_ages, new Observation(new Report(), days, systems));

    public void AddDatabase(uint version, long systems)
    {
        _byDatabase = (_byDatabase ?? 0) + systems;
        AddValue(new Report { PostgresqlVersion = version }, systems);
    }

    public void AddValue(Report report, long systems) => Add(_values, new Observation(report, 1, systems));

    /// <param name="by">The breakdown that it is counted in.</param>
    /// <param name="name">The component.</param>
    /// <param name="version">Its version.</param>
    /// <param name="systems">How many systems have it.</param>
    public void AddVersion(string by, string name, string version, long systems)
    {
        if (by == VersionsAccumulator.ByXy)
            _byComponent[name] = _byComponent.GetValueOrDefault(name) + systems;
        Add(_versions[by], new Observation(new Report { Components = { new Component { Name = name, Version = version } } }, 1, systems));
    }

    /// <param name="field">The number, as the catalogue names it.</param>
    /// <param name="mean">Its mean.</param>
    public void AddMean(string field, double mean) => _means[field] = mean;

    /// <summary>The points that may be published.</summary>
    public IEnumerable<Point> Points(LabelBounds bounds)
    {
        foreach (var metric in catalogue.Metrics.Where(metric => metric.Kind == MetricKind.Count && Systems is not null))
            yield return new Point(new SeriesKey(metric.Id), CountAccumulator.Label, Systems!.Value);

        var points = _ages.Concat(_values).SelectMany(metric => metric.Accumulator.Points(metric.Metric.Id, bounds));
        foreach (var point in points.Concat(Versions(bounds)).Concat(Means(bounds)))
            yield return point;
    }

    private IEnumerable<Point> Versions(LabelBounds bounds) => _versions.SelectMany(versions => versions.Value
        .SelectMany(metric => metric.Accumulator.Points(metric.Metric.Id, bounds))
        .Where(point => point.Series.By == versions.Key));

    /// <summary>True where it has means that may not be published.</summary>
    public bool HidesMeans(LabelBounds bounds) => _means.Count > 0 && !(Systems >= bounds.MinimumSystems);

    /// <summary>A mean is of as many systems as there are at most. Where these are too few or not known, it may be what one of them sent.</summary>
    private IEnumerable<Point> Means(LabelBounds bounds) => Systems >= bounds.MinimumSystems
        ? from metric in catalogue.Metrics
          where metric.Kind == MetricKind.Mean
          from name in metric.Field!.NumberNames
          let path = PathOf(metric.Field!, name)
          where _means.ContainsKey(path)
          select new Point(new SeriesKey(metric.Id, MeanAccumulator.ByMean), name, _means[path])
        : [];

    /// <summary>A number by its whole path, whether the metric reads the message that it is in, or it alone.</summary>
    private static string PathOf(MetricField field, string number) =>
        field.Name.EndsWith("." + number, StringComparison.Ordinal) ? field.Name : $"{field.Name}.{number}";

    private static (Metric Metric, IAccumulator Accumulator)[] Accumulate(IEnumerable<Metric> metrics) => [.. metrics.Select(metric => (metric, metric.Accumulate()))];

    private static void Add((Metric Metric, IAccumulator Accumulator)[] metrics, in Observation observation)
    {
        foreach (var (_, accumulator) in metrics)
            accumulator.Add(observation);
    }
}
