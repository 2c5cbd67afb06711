using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>versions</c>: for every component name, systems by x.y and by x.y.z version.
/// </summary>
public sealed class VersionsAccumulator(MetricField field) : IAccumulator
{
    /// <summary>The breakdown by the first two numbers of a version.</summary>
    public const string ByXy = "xy";

    /// <summary>The breakdown by the first three numbers of a version.</summary>
    public const string ByXyz = "xyz";

    // Most systems send the same few, and what anybody invents must not fill the memory.
    private const int MaxRemembered = 4_096;

    private static readonly IComparer<NameLabel> PairOrder = Comparer<NameLabel>.Create(
        (a, b) => string.CompareOrdinal(a.Name, b.Name) is var byName and not 0 ? byName : string.CompareOrdinal(a.Label, b.Label));

    private readonly LabelCounts<string> _names = new(StringComparer.Ordinal);
    private readonly LabelCounts<NameLabel> _xy = new(PairOrder);
    private readonly LabelCounts<NameLabel> _xyz = new(PairOrder);
    private readonly Dictionary<string, string> _sent = [];
    private readonly Dictionary<string, string> _ofSystem = [];
    private readonly Dictionary<string, Labels> _labels = [];
    private long _total;

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        // A system that names a component twice has it once, in the version it named last.
        _sent.Clear();
        _ofSystem.Clear();
        if (field.ReadVersions(observation.Report, _sent) == Reading.Unreadable)
            Unreadable += observation.Systems;
        foreach (var (name, version) in _sent)
            _ofSystem[LabelText.Clean(name)] = version;

        _total += _ofSystem.Count * observation.Systems;
        foreach (var (name, version) in _ofSystem)
        {
            if (name.Length == 0 || !LabelText.Fits(name))
                continue;

            var labels = LabelsOf(version);
            _names.Add(name, observation.Systems);
            Count(_xy, name, labels.Xy, observation.Systems);
            Count(_xyz, name, labels.Xyz, observation.Systems);
        }
    }

    private Labels LabelsOf(string version)
    {
        if (_labels.TryGetValue(version, out var labels))
            return labels;

        if (_labels.Count == MaxRemembered)
            _labels.Clear();
        return _labels[version] = new Labels(Published(VersionLabel.Xy(version)), Published(VersionLabel.Xyz(version)));
    }

    private static string? Published(string label) => LabelText.Fits(label) ? label : null;

    /// <summary>What is not counted here comes out as <c>other</c>, by the total of the name.</summary>
    private static void Count(LabelCounts<NameLabel> counts, string name, string? label, long systems)
    {
        if (label is not null)
            counts.Add(new NameLabel(name, label), systems);
    }

    public void Merge(IAccumulator other)
    {
        var versions = (VersionsAccumulator)other;
        _names.Merge(versions._names);
        _xy.Merge(versions._xy);
        _xyz.Merge(versions._xyz);
        _total += versions._total;
        Unreadable += versions.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        // Those that have a chart come first: whoever invents names does not take their places.
        var names = _names.Largest()
            .Where(pair => pair.Value >= bounds.MinimumSystems && pair.Key != LabelBounds.Other)
            .OrderByDescending(pair => IsKnown(pair.Key))
            .Take(LabelBounds.MaxLabels)
            .ToDictionary(StringComparer.Ordinal);

        // What too few systems have is one chart, without versions.
        var rest = _total - names.Where(pair => IsKnown(pair.Key)).Sum(pair => pair.Value);
        return Points(new SeriesKey(metric, ByXy), _xy, names, rest, bounds)
            .Concat(Points(new SeriesKey(metric, ByXyz), _xyz, names, rest, bounds));

        bool IsKnown(string name) => bounds.KnownNames?.Contains(name) ?? true;
    }

    private static IEnumerable<Point> Points(
        SeriesKey series, LabelCounts<NameLabel> counts, Dictionary<string, long> names, long rest, LabelBounds bounds)
    {
        var others = new Dictionary<string, long>(names, StringComparer.Ordinal);
        var published = new Dictionary<string, int>(StringComparer.Ordinal);
        var total = 0;
        foreach (var ((name, label), systems) in counts.Largest())
        {
            if (systems < bounds.MinimumSystems || label == LabelBounds.Other || !names.ContainsKey(name)
                || published.GetValueOrDefault(name) == LabelBounds.MaxLabels || total == LabelBounds.MaxLabelsOfNames)
                continue;

            total++;
            published[name] = published.GetValueOrDefault(name) + 1;
            others[name] -= systems;
            yield return new Point(series with { Name = name }, label, systems);
        }

        others[LabelBounds.Other] = rest;
        foreach (var (name, systems) in others)
        {
            if (systems > 0)
                yield return new Point(series with { Name = name }, LabelBounds.Other, systems);
        }
    }

    /// <summary>The labels of a version; null for one that is not published by itself.</summary>
    private readonly record struct Labels(string? Xy, string? Xyz);

    // Not a tuple: the runtime compiles a dictionary of these for what they are, and one of tuples of texts for any.
    private readonly record struct NameLabel(string Name, string Label);
}
