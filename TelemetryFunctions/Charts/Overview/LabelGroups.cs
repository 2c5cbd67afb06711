using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Charts.Overview;

/// <summary>
/// Says which labels of a chart are drawn together: those that are large in any of the ranges that the page offers are by themselves,
/// other versions are runs of neighbours, and other words are <c>other</c>, or alphabetical groups where they are much of the chart.
/// </summary>
internal static class LabelGroups
{
    /// <summary>The ranges, in days; the page can cut the document to any of them.</summary>
    private static readonly int[] Ranges = [30, 90, 365, int.MaxValue];

    /// <summary>Labels of one range that are by themselves: as many as the page shows before it is asked for more.</summary>
    public const int OfRange = 12;

    /// <summary>Runs of versions of a chart, and as many other labels.</summary>
    public const int Most = 32;

    // While something in it has a name, so much of a chart is folded into other at most.
    private const double MostFolded = 0.1;

    /// <summary>The groups, each with its label and those that it is made of, in the order of <paramref name="labels"/>.</summary>
    public static IEnumerable<(string Label, IReadOnlyList<string> Of)> Of(IEnumerable<string> labels, ChartData data)
    {
        var named = labels.Where(label => label != LabelBounds.Other).ToList();
        var areas = named.ToDictionary(label => label, label => Areas(data.Columns[label], data.Days));
        var (versions, words) = (named.Where(IsVersion).ToList(), named.Where(label => !IsVersion(label)).ToList());
        var kept = Largest(words, areas);
        foreach (var label in words.Where(kept.Contains))
            yield return (label, [label]);
        foreach (var run in Runs(versions, areas))
            yield return (VersionRuns.Label(run[0], run[^1]), run);

        var rest = words.Where(label => !kept.Contains(label)).ToList();
        var most = MostFolded * data.Columns.Where(column => column.Key != LabelBounds.Counted).Sum(column => Areas(column.Value, data.Days)[^1]);
        var isMass = rest.Sum(label => areas[label][^1]) > most;
        foreach (var group in isMass ? Alphabetical(rest, areas, most) : [])
            yield return (VersionRuns.Label(group[0], group[^1]), group);

        List<string> folded = [.. isMass ? [] : rest, .. data.Columns.Keys.Where(label => label == LabelBounds.Other)];
        if (folded.Count > 0)
            yield return (LabelBounds.Other, folded);
    }

    /// <summary>Groups of words that follow each other, each no larger than what is folded into <c>other</c> at most, or a word by itself.</summary>
    private static IEnumerable<List<string>> Alphabetical(List<string> words, Dictionary<string, double[]> areas, double most)
    {
        var group = new List<string>();
        var room = most;
        foreach (var word in words.Order(StringComparer.Ordinal))
        {
            if (group.Count > 0 && areas[word][^1] > room)
            {
                yield return group;
                (group, room) = ([], most);
            }

            group.Add(word);
            room -= areas[word][^1];
        }

        yield return group;
    }

    private static bool IsVersion(string label) => VersionRuns.Parse(label) is not null;

    private static HashSet<string> Largest(List<string> words, Dictionary<string, double[]> areas)
    {
        var kept = new HashSet<string>();
        for (var range = Ranges.Length - 1; range >= 0; range--)
            kept.UnionWith(words.Where(word => areas[word][range] > 0).OrderByDescending(word => areas[word][range]).Take(OfRange));
        return [.. kept.OrderByDescending(word => areas[word][^1]).Take(Most)];
    }

    /// <summary>Runs that are apart in any range are apart.</summary>
    private static IEnumerable<List<string>> Runs(List<string> labels, Dictionary<string, double[]> areas)
    {
        var versions = labels.Select(label => (Label: label, Numbers: VersionRuns.Parse(label)!)).ToList();
        versions.Sort((a, b) => VersionRuns.Compare(a.Numbers, b.Numbers));
        var starts = new SortedSet<int>();
        for (var range = 0; range < Ranges.Length; range++)
        {
            var there = versions.Index().Where(version => areas[version.Item.Label][range] > 0).ToList();
            var joined = VersionRuns.Join([.. there.Select(version => version.Item.Numbers)], [.. there.Select(version => areas[version.Item.Label][range])], OfRange);
            starts.UnionWith(joined.Select(start => there[start].Index));
        }

        // What never had a value is before the first run, and belongs to it.
        if (versions.Count > 0)
            starts.Add(0);
        var runs = Between([.. starts], versions.Count).Select(run => versions[run]).ToList();
        var few = VersionRuns.Join([.. runs.Select(run => run[0].Numbers)], [.. runs.Select(run => run.Sum(version => areas[version.Label][^1]))], Most);
        return Between(few, runs.Count).Select(run => runs[run].SelectMany(versions => versions).Select(version => version.Label).ToList());
    }

    private static IEnumerable<Range> Between(IReadOnlyList<int> starts, int end) => starts.Zip(starts.Skip(1).Append(end), (from, to) => from..to);

    /// <summary>The sum of a label's values over the days of each range.</summary>
    private static double[] Areas(ChartColumnValues column, int days)
    {
        var areas = new double[Ranges.Length];
        for (var i = 0; i < column.Values.Count; i++)
        {
            var (value, age) = (column.Values[i], days - column.First - i);
            for (var range = 0; range < Ranges.Length; range++)
            {
                if (!double.IsNaN(value) && age <= Ranges[range])
                    areas[range] += value;
            }
        }

        return areas;
    }
}
