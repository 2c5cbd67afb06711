using System.Text.RegularExpressions;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Languages;

/// <summary>What visitors read is in the tables, and nothing else is.</summary>
public sealed partial class TextUseTests
{
    // What code makes of values that it has: the kinds of metrics, the labels that are the service's own, and the steps of charts.
    private static readonly IEnumerable<string> Made =
    [
        .. MetricKind.All.Select(kind => $"entry.{kind.Name}"),
        .. AgeAccumulator.Labels.Append(LabelBounds.Other).Select(label => $"labels.{label}"),
        .. Enum.GetNames<TelemetryFunctions.Installs.ChartStep>().SelectMany(step => (string[])[$"installs.{step.ToLowerInvariant()}", $"installs.chartBy{step}", $"installs.sharesBy{step}"]),
    ];

    private static readonly string[] Builders = ["Charts/Page", "Charts/Adoption", "Installs/Pages", "Charts/Svg"];

    // Names of keys, of files, and what the code of a page is made of.
    private static readonly string[] NotSaid = ["Arrow(Left|Right)", "Page(Up|Down)", "Home", "End", "Escape", "CSV", "JSON", "PNG", "UTC", "Content-Type: .*", "systems that report"];

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        var sources = Sources("", "*.cs").Concat(Sources("web/src", "*.ts")).ToList();
        var named = sources.SelectMany(source => Key().Matches(source.Text).Select(match => match.Groups[1].Value)).Concat(Made).ToHashSet();

        Assert.Equal([], Texts.English.Table.Keys.Except(named).Order(StringComparer.Ordinal));
        Assert.Equal([], named.Where(key => Sections.Contains(key.Split('.')[0])).Except(Texts.English.Table.Keys).Order(StringComparer.Ordinal));
    }

    /// <summary>That of visitors: the dashboard of maintainers speaks English.</summary>
    [Fact]
    public void The_script_says_nothing_of_its_own()
    {
        var allowed = new Regex($"^({string.Join('|', NotSaid)})$");
        foreach (var (path, text) in Sources("web/src", "*.ts").Where(source => !source.Path.Contains("/operations/", StringComparison.Ordinal)))
            Assert.All(Literal().Matches(Comment().Replace(text, "")).Select(match => match.Groups[2].Value), literal => Assert.True(allowed.IsMatch(literal), $"{path}: {literal}"));
    }

    [Fact]
    public void No_page_that_the_server_makes_says_anything_of_its_own()
    {
        var sources = Builders.SelectMany(folder => Sources(folder, "*.cs")).ToList();

        Assert.NotEmpty(sources);
        foreach (var (path, text) in sources)
            Assert.All(InHtml().Matches(Comment().Replace(text, "")), match => Assert.Fail($"{path}: {match.Value}"));
    }

    private static HashSet<string> Sections { get; } = [.. Texts.English.Table.Keys.Select(key => key.Split('.')[0])];

    private static IEnumerable<(string Path, string Text)> Sources(string folder, string pattern)
    {
        var root = Repository.PathOf("TelemetryFunctions", folder);
        return Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)));
    }

    /// <summary>What may be a key, in quotes.</summary>
    [GeneratedRegex(@"[""']([a-z]+\.[A-Za-z][\w-]*)[""']")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s*(//|\*|/\*).*$|//[^""'`\n]*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    /// <summary>A literal that begins like a sentence or a title, or has a word behind a space.</summary>
    [GeneratedRegex(@"(['`])([A-Z][a-z]+[^'`\n]*|[^'`\n]*[a-z]{2,} [a-z]{2,} [a-z]{2,}[^'`\n]*|[A-Z]{3,4})\1")]
    private static partial Regex Literal();

    /// <summary>A word between tags, or in an attribute that people read.</summary>
    [GeneratedRegex(@"<(?:h\d|p|th|dt|dd|button|summary|title|label|a|li|span|em)\b[^<>{]*>[^<{}]*[A-Za-z]{3,}[^<{}]*|(?:aria-label|placeholder|title|alt)=\\?""(?!vendor/name)[A-Za-z][^{""]+")]
    private static partial Regex InHtml();
}
