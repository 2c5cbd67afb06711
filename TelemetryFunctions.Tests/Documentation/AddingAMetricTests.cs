using System.Text.RegularExpressions;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>The commands of docs/adding-a-metric.md answer what it says.</summary>
public sealed partial class AddingAMetricTests
{
    private const string Address = "http://localhost:7071";

    private static readonly string Document = Repository.Read("docs", "adding-a-metric.md");

    [Fact]
    public async Task The_reports_that_it_sends_give_the_chart_that_it_shows()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory, "metrics.yaml");
        var shipped = Repository.Read("TelemetryFunctions", "metrics.yaml");
        var entry = MarkdownBlocks.Of(Document, "yaml")[0];

        // The schema that this was built with has the field only where the document was followed; else the number is a property.
        var isFollowed = ReportMetrics.Catalogue.Find("repositories") is not null;
        await File.WriteAllTextAsync(file, isFollowed ? shipped : shipped + entry.Replace("field: ", "field: properties.", StringComparison.Ordinal));
        await using var site = await TestSite.StartAsync(directory, settings: $"--Telemetry:MetricsFile={file}");

        var script = MarkdownBlocks.Of(Document, "sh").Single(block => block.Contains("curl -X PUT", StringComparison.Ordinal))
            .Replace(Address, site.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal);
        var result = await Repository.RunAsync(directory, "bash", ["-ec", script]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(4, Accepted().Count(result.Output));
        Assert.EndsWith(MarkdownBlocks.Of(Document, "json")[0].Trim(), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_says_what_it_shows()
    {
        var command = MarkdownBlocks.Of(Document, "sh").Single(block => block.Contains(" -- check ", StringComparison.Ordinal));
        var shown = MarkdownBlocks.Of(Document, "text").Single(block => block.Contains("nothing wrong", StringComparison.Ordinal));

        var result = await Repository.RunAsync(
            Repository.Root, "dotnet", [typeof(StandaloneHost).Assembly.Location, .. command.Trim().Split(" -- ")[1].Split(' ')]);

        Assert.Equal(WithoutGzip(shown), WithoutGzip(result.Output));
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>How well zlib compresses depends on its version.</summary>
    private static string WithoutGzip(string output) => Gzipped().Replace(output, "N with gzip");

    [GeneratedRegex("""\{"status":"accepted"\}""")]
    private static partial Regex Accepted();

    [GeneratedRegex(@"\d+ with gzip")]
    private static partial Regex Gzipped();
}
