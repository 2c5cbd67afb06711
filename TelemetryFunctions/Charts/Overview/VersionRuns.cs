using System.Globalization;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Charts.Overview;

/// <summary>Joins neighbouring versions, so that few series show a long history and each of them has a name.</summary>
internal static partial class VersionRuns
{
    /// <summary>Between the first and the last version of a run, in its label; no report's version has it.</summary>
    private const char Dash = '–';

    // Versions of one release line belong together, those of different major versions last of all.
    private const double OfOneMajor = 2;
    private const double OfTwoMajors = 4;

    /// <summary>The numbers of a version such as <c>3.21</c> or <c>3.21.4</c>; null for any other label.</summary>
    public static int[]? Parse(string label) =>
        Version().IsMatch(label) ? [.. label.Split('.').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))] : null;

    /// <summary>By number.</summary>
    public static int Compare(int[] a, int[] b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
                return a[i].CompareTo(b[i]);
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>What a run is called.</summary>
    public static string Label(string first, string last) => first == last ? first : $"{first}{Dash}{last}";

    /// <summary>Joins the two neighbours that are smallest together until few are left; the newest version, however few have it, is not joined.</summary>
    /// <param name="versions">The versions, ascending.</param>
    /// <param name="areas">How large each is.</param>
    /// <param name="most">How many runs are left.</param>
    /// <returns>The index at which each run begins, ascending.</returns>
    public static List<int> Join(IReadOnlyList<int[]> versions, IReadOnlyList<double> areas, int most)
    {
        var starts = Enumerable.Range(0, versions.Count).ToList();
        var sizes = areas.ToList();
        while (starts.Count > most)
        {
            var cheapest = 1;
            for (var i = 2; i < starts.Count - 1; i++)
            {
                if (Cost(i) < Cost(cheapest))
                    cheapest = i;
            }

            sizes[cheapest - 1] += sizes[cheapest];
            sizes.RemoveAt(cheapest);
            starts.RemoveAt(cheapest);
        }

        return starts;

        double Cost(int i) => (sizes[i - 1] + sizes[i]) * Distance(versions[starts[i - 1]], versions[starts[i]]);
    }

    private static double Distance(int[] a, int[] b) =>
        a[0] != b[0] ? OfTwoMajors : a.Length > 2 && b.Length > 2 && a[1] != b[1] ? OfOneMajor : 1;

    [GeneratedRegex(@"^\d{1,9}(\.\d{1,9}){1,3}\z")]
    private static partial Regex Version();
}
