using System.Runtime.InteropServices;
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
    private const int MaxPairs = 4_096;

    private static readonly IComparer<NameLabel> PairOrder = Comparer<NameLabel>.Create(
        (a, b) => string.CompareOrdinal(a.Name, b.Name) is var byName and not 0 ? byName : string.CompareOrdinal(a.Label, b.Label));

    private readonly LabelCounts<string> _names = new(StringComparer.Ordinal);
    private readonly LabelCounts<NameLabel> _xy = new(PairOrder);
    private readonly LabelCounts<NameLabel> _xyz = new(PairOrder);
    private readonly Dictionary<string, string> _sent = [];

    // By the name and the version that were sent, before they are counted by what these are called.
    private readonly Dictionary<NameLabel, long> _pairs = [];
    private long _total;

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        // A system that names a component twice has it once, in the version it named last.
        _sent.Clear();
        if (field.ReadVersions(observation.Report, _sent) == Reading.Unreadable)
            Unreadable += observation.Systems;
        var ofSystem = _sent.Keys.All(name => ReferenceEquals(LabelText.Clean(name), name)) ? _sent : Cleaned(_sent);

        _total += ofSystem.Count * observation.Systems;
        foreach (var (name, version) in ofSystem)
        {
            // A text as long as a report may be is not kept, not even for a while.
            if (name.Length > LabelText.MaxLength || version.Length > LabelText.MaxLength)
                Count(name, version, observation.Systems);
            else
                CollectionsMarshal.GetValueRefOrAddDefault(_pairs, new NameLabel(name, version), out _) += observation.Systems;
        }

        if (_pairs.Count >= MaxPairs)
            CountPairs();
    }

    private static Dictionary<string, string> Cleaned(Dictionary<string, string> sent)
    {
        var cleaned = new Dictionary<string, string>(sent.Count);
        foreach (var (name, version) in sent)
            cleaned[LabelText.Clean(name)] = version;
        return cleaned;
    }

    private void CountPairs()
    {
        foreach (var ((name, version), systems) in _pairs)
            Count(name, version, systems);
        _pairs.Clear();
    }

    private void Count(string name, string version, long systems)
    {
        if (name.Length == 0 || !LabelText.Fits(name))
            return;

        _names.Add(name, systems);
        Count(_xy, name, VersionLabel.Xy(version), systems);
        Count(_xyz, name, VersionLabel.Xyz(version), systems);
    }

    /// <summary>A label that is not published by itself is not counted: it comes out as <c>other</c>, by the total of the name.</summary>
    private static void Count(LabelCounts<NameLabel> counts, string name, string label, long systems)
    {
        if (LabelText.Fits(label))
            counts.Add(new NameLabel(name, label), systems);
    }

    public void Merge(IAccumulator other)
    {
        var versions = (VersionsAccumulator)other;
        CountPairs();
        versions.CountPairs();
        _names.Merge(versions._names);
        _xy.Merge(versions._xy);
        _xyz.Merge(versions._xyz);
        _total += versions._total;
        Unreadable += versions.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        CountPairs();

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

    // Not a tuple: the runtime compiles a dictionary of these for what they are, and one of tuples of texts for any.
    private readonly record struct NameLabel(string Name, string Label);
}
