using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

/// <summary>
/// Does what docs/adding-a-metric.md says: the build adds its field to the schema, and this its entry to the catalogue.
/// </summary>
public sealed partial class AddingAMetricTests
{
    private static readonly string Document = Read(typeof(AddingAMetricTests), "adding-a-metric.md");

    [Fact]
    public async Task The_worked_example_gives_the_chart_that_it_shows()
    {
        // Whoever has followed the document has the entry already.
        var shipped = Read(typeof(ReportMetrics), "metrics.yaml");
        var yaml = shipped.Contains(Block("yaml", 0), StringComparison.Ordinal) ? shipped : shipped + Block("yaml", 0);
        var catalogue = CatalogueFile.Read(yaml, "metrics.yaml", WorkedExample.Report.Descriptor);
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock(TestSite.Noon.AddDays(1));
        await using var services = Services(directory, catalogue, clock);
        await services.GetRequiredService<ITableStore>().InitializeAsync(CancellationToken.None);

        await services.GetRequiredService<SummaryRunner>().RunDueAsync(services.GetRequiredService<ExampleSource>(), CancellationToken.None);

        var chart = new ChartOfSeries(new ChartId(catalogue.Find("repositories")!, null), null);
        var body = await services.GetRequiredService<ChartBodies>().FindAsync(chart, CancellationToken.None);
        var overnight = Block("json", 0).Trim().Replace("\"through\":null,\"provisional\":true", "\"through\":\"2026-11-18\",\"provisional\":false", StringComparison.Ordinal);
        Assert.Equal(overnight, Encoding.UTF8.GetString(body!.Identity));
    }

    [Fact]
    public void The_number_of_its_field_is_the_next_that_is_free()
    {
        var used = Report.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field.FieldNumber < Report.PropertiesFieldNumber && field.Name != "repositories")
            .Max(field => field.FieldNumber);

        Assert.Equal(WorkedExample.Report.RepositoriesFieldNumber, used + 1);
    }

    [Fact]
    public void Every_key_and_kind_is_explained()
    {
        foreach (var key in CatalogueKey().Matches(Read(typeof(ReportMetrics), "metrics.yaml")).Select(match => match.Groups[1].Value).Distinct())
            Assert.Contains($"`{key}`", Document, StringComparison.Ordinal);
        foreach (var kind in MetricKind.All)
            Assert.Contains($"| `{kind.Name}` | {kind.Wants.Wanted.Replace(" name and version", " `name` and `version`", StringComparison.Ordinal)} |", Document, StringComparison.Ordinal);
        foreach (var format in LabelFormat.All)
            Assert.Contains($"`{format.Name}`", Document, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string directory, MetricCatalogue catalogue, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Telemetry:DataDirectory", (string?)directory)])
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(clock)
            .AddSingleton(catalogue)
            .AddSingleton(ReportOptions.Read(configuration))
            .AddStorage(configuration)
            .AddSummaries()
            .AddCharts()
            .AddSingleton<ExampleSource>()
            .BuildServiceProvider();
    }

    private static string Block(string language, int index) => MarkdownBlocks.Of(Document, language)[index];

    private static string Read(Type type, string resource)
    {
        using var reader = new StreamReader(type.Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[ -]{4}([a-z-]+):", RegexOptions.Multiline)]
    private static partial Regex CatalogueKey();

    [GeneratedRegex("^post '(.*)'$", RegexOptions.Multiline)]
    private static partial Regex SentReport();

    /// <summary>The reports that the document shows, on one day.</summary>
    private sealed class ExampleSource(MetricCatalogue catalogue, PointStore points) : ISummarySource
    {
        private static readonly Window Day = Window.Day(TestSite.Noon);

        public string Name => ReportSource.SourceName;

        public TimeSpan WindowLength => Day.Length;

        public Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(Day.Start);

        public async Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation)
        {
            var metrics = catalogue.Metrics.Select(metric => (metric.Id, Accumulator: metric.Accumulate())).ToList();
            foreach (Match sent in SentReport().Matches(Document))
            {
                var report = JsonParser.Default.Parse<WorkedExample.Report>(sent.Groups[1].Value);
                metrics.ForEach(metric => metric.Accumulator.Add(new Observation(report, 1)));
            }

            await points.ReplaceAsync(
                window.Start, [.. metrics.SelectMany(metric => metric.Accumulator.Points(metric.Id, new LabelBounds(1)))], cancellation);
            return new WindowResult(4, 0);
        }

        public Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation) => Task.CompletedTask;

        public Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation) => Task.FromResult(0L);
    }
}
