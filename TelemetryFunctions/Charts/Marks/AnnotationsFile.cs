using System.Globalization;
using TelemetryFunctions.Summaries.Catalogue;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TelemetryFunctions.Charts.Marks;

/// <summary>Reads a file of annotations: a list below <c>annotations</c>.</summary>
internal static class AnnotationsFile
{
    private const string List = "annotations";

    // The page carries all of them, and draws a line of each.
    private const int MaxNotes = 500;
    private const int MaxText = 120;
    private const int MaxLink = 2_000;

    /// <exception cref="StartupException">Something is wrong.</exception>
    public static IReadOnlyList<ChartMark> Read(string yaml, string file, MetricCatalogue catalogue)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                throw new StartupException($"{file}, line 1: a file of annotations is a mapping with the key \"{List}\".");

            var top = new CatalogueEntry(file, root) { Noun = "annotation" };
            var notes = top.Entries(List).Select(entry => ReadNote(entry, catalogue)).ToList();
            top.RefuseRest();
            return notes.Count <= MaxNotes
                ? [.. notes.OrderBy(note => note.Day)]
                : throw top.Wrong(List, FormattableString.Invariant($"there are {notes.Count}; at most {MaxNotes} are drawn"));
        }
        catch (YamlException e)
        {
            throw new StartupException($"{file}, line {e.Start.Line}: {e.Message}", e);
        }
    }

    private static ChartMark ReadNote(CatalogueEntry entry, MetricCatalogue catalogue)
    {
        var day = entry.Text("day");
        entry.Name = day;
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            throw entry.Wrong("day", $"\"{day}\" must be a day such as 2026-11-18");

        var text = entry.Text("text");
        if (text.Length > MaxText || text.Any(char.IsControl))
            throw entry.Wrong("text", FormattableString.Invariant($"it must be one line of at most {MaxText} characters"));

        var link = entry.OptionalText("link");
        if (link is not null && !IsLink(link))
            throw entry.Wrong("link", $"\"{link}\" must be an address that begins with https://");

        var charts = entry.OptionalList("charts");
        foreach (var chart in charts ?? [])
        {
            if (!ChartId.TryParse(chart, catalogue, out _) && catalogue.Find(chart) is null)
                throw entry.Wrong("charts", $"there is no chart \"{chart}\"; it must be the id of a metric ({string.Join(", ", catalogue.Metrics.Select(metric => metric.Id))}), or of a chart of one such as components/core");
        }

        entry.RefuseRest();
        return new ChartMark(parsed, ChartMark.Note) { Text = text, Link = link, Charts = charts };
    }

    private static bool IsLink(string link) =>
        link.Length <= MaxLink && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}
