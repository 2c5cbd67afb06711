using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>docs/your-product.md, done: its catalogue makes a site, and its senders report to it with the manners that it promises.</summary>
public sealed class YourProductTests(YourProductTests.ProductSite product) : IClassFixture<YourProductTests.ProductSite>, IDisposable
{
    private static readonly string Document = Repository.Read("docs", "your-product.md");

    private readonly TemporaryDirectory _home = new();

    private TestSite Site => product.Site;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Every_name_that_the_schema_takes_is_told()
    {
        foreach (var field in Report.Descriptor.Fields.InDeclarationOrder())
            Assert.Contains($"`{field.Name}`", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sender_of_the_document_is_run()
    {
        var languages = MarkdownBlocks.Languages(Document).Except(["sh", "yaml"]);

        Assert.Equal(languages.Order(), Sender.All.Order());
    }

    [Fact]
    public async Task The_curl_lines_work_as_printed()
    {
        var script = MarkdownBlocks.Of(Document, "sh").Single(block => block.StartsWith("curl ", StringComparison.Ordinal));
        script = script.Replace(Sender.Address, Site.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal);

        var result = await Repository.RunAsync(Repository.Root, "bash", ["-ec", script]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.StartsWith("""{"status":"accepted"}""", result.Output, StringComparison.Ordinal);
        await AssertChartsAsync();
        await Site.Client.DeleteAsync("/systems/7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264");
    }

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task What_a_sender_says_is_on_the_page(string language)
    {
        await RunAsync(language);

        Assert.Equal(1, await ReportsAsync());
        await AssertChartsAsync();
        await ForgetAsync();
    }

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task A_sender_sends_once_a_day_under_one_id(string language)
    {
        await RunAsync(language);
        var id = await File.ReadAllTextAsync(FileOf("telemetry-id"));
        await ForgetAsync();

        await RunAsync(language);
        Assert.Equal(0, await ReportsAsync());

        await File.WriteAllTextAsync(FileOf("telemetry-sent"), "2026-01-01");
        await RunAsync(language);
        Assert.Equal(1, await ReportsAsync());
        Assert.Equal(id, await File.ReadAllTextAsync(FileOf("telemetry-id")));
        await ForgetAsync();
        Assert.Equal(0, await ReportsAsync());
    }

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task A_sender_that_is_turned_off_sends_nothing_and_makes_no_id(string language)
    {
        await RunAsync(language, setting: "off");

        Assert.Equal(0, await ReportsAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home));
    }

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task A_sender_that_can_not_write_the_day_down_sends_nothing(string language)
    {
        var noDirectory = Path.Combine(_home, "file");
        await File.WriteAllTextAsync(noDirectory, "");

        AssertUnhurt(language, await product.Sender.RunAsync(language, Site.Client.BaseAddress!, noDirectory));

        Assert.Equal(0, await ReportsAsync());
    }

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task A_site_that_is_away_does_not_hurt_the_product(string language)
    {
        AssertUnhurt(language, await product.Sender.RunAsync(language, new Uri($"http://127.0.0.1:{AppProcess.FreePort()}"), _home));

        Assert.True(File.Exists(FileOf("telemetry-sent")), "It did not try.");
    }

    [Fact]
    public async Task A_site_that_never_answers_does_not_hurt_the_product()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");

        // All at once: each waits for as long as it is willing to.
        var results = await Task.WhenAll(Sender.Available.Select(async language =>
            (language, await product.Sender.RunAsync(language, address, Path.Combine(_home, language)))));

        Assert.NotEmpty(results);
        foreach (var (language, result) in results)
            AssertUnhurt(language, result);
    }

    private static void AssertUnhurt(string language, CommandResult result) =>
        Assert.True(result is { ExitCode: 0, Output: "", Error: "" }, $"{language} ends with {result.ExitCode}: {result.Output}{result.Error}");

    private async Task RunAsync(string language, string setting = "") =>
        AssertUnhurt(language, await product.Sender.RunAsync(language, Site.Client.BaseAddress!, _home, setting));

    private string FileOf(string name) => Path.Combine(_home, "example", name);

    private async Task ForgetAsync()
    {
        var id = (await File.ReadAllTextAsync(FileOf("telemetry-id"))).Trim();
        Assert.Equal(HttpStatusCode.NoContent, (await Site.Client.DeleteAsync($"/systems/{id}")).StatusCode);
    }

    private async Task<int> ReportsAsync()
    {
        var response = await Site.PutAsync();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("reports").GetInt32();
    }

    /// <summary>Every metric of the document's catalogue shows what the document's reports say.</summary>
    private async Task AssertChartsAsync()
    {
        Assert.Equal("systems: 1", await Site.ValuesAsync("installations"));
        Assert.Equal("1.4: 1", await Site.ValuesAsync("versions/Example"));
        Assert.Equal("SQLite: 1", await Site.ValuesAsync("databases"));
        Assert.Equal("total: 12", await Site.ValuesAsync("users"));
    }

    /// <summary>The site that the document makes.</summary>
    public sealed class ProductSite : IAsyncLifetime
    {
        private readonly TemporaryDirectory _directory = new();

        internal Sender Sender { get; } = new(Document);

        internal TestSite Site { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var (metrics, own) = (Path.Combine(_directory, "metrics.yaml"), Path.Combine(_directory, "site.yaml"));
            var blocks = MarkdownBlocks.Of(Document, "yaml");
            Assert.Equal(2, blocks.Count);
            await File.WriteAllTextAsync(metrics, blocks[0]);
            await File.WriteAllTextAsync(own, blocks[1]);
            File.Copy(Repository.PathOf("TelemetryFunctions", "web", "src", "icon.svg"), Path.Combine(_directory, "logo.svg"));
            Site = await TestSite.StartAsync(
                Path.Combine(_directory, "data"), settings: ["--Telemetry:Product=Example", $"--Telemetry:MetricsFile={metrics}", $"--Telemetry:SiteFile={own}"]);
        }

        public async Task DisposeAsync()
        {
            await Site.DisposeAsync();
            Sender.Dispose();
            _directory.Dispose();
        }
    }
}
