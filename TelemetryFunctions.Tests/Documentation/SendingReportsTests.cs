using System.Net;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>docs/sending-reports.md, done: what it shows makes a key and sends under the id that the key makes.</summary>
public sealed class SendingReportsTests(SendingReportsTests.KeyedSite keyed) : IClassFixture<SendingReportsTests.KeyedSite>, IDisposable
{
    private const string Accepted = """{"status":"accepted"}""";

    private static readonly string Document = Repository.Read("docs", "sending-reports.md");

    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Every_sender_of_the_document_is_run() =>
        Assert.Equal(MarkdownBlocks.Languages(Document).Except(["sh"]).Order(), Sender.All.Order());

    [Theory]
    [SenderData("bash")]
    [SenderData("python")]
    [SenderData("js")]
    [SenderData("go")]
    public async Task A_sender_reports_each_time_under_the_one_id_that_its_key_makes(string language)
    {
        for (var run = 0; run < 2; run++)
        {
            var result = await keyed.Sender.RunAsync(language, keyed.Site.Client.BaseAddress!, _home, folder: _home);
            Assert.True(result is { ExitCode: 0, Error: "" } && result.Output.TrimEnd() == Accepted, $"{result.Output}{result.Error}");
        }

        var file = Path.Combine(_home, "telemetry-key");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var key = (await File.ReadAllTextAsync(file)).Trim();
        var id = Assert.Single(await keyed.StoredAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await keyed.Site.Client.DeleteAsync($"/systems/{id}")).StatusCode);

        var lines = MarkdownBlocks.Of(Document, "sh").Single().Replace(Sender.Address, keyed.Site.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal);
        var asked = await Repository.RunAsync(_home, "bash", ["-ec", $"key='{key}' id='{id}'\n{lines}"]);
        Assert.True(asked.ExitCode == 0 && asked.Output.Contains("1.4.2", StringComparison.Ordinal), asked.Output + asked.Error);
        Assert.Empty(await keyed.StoredAsync());
    }

    /// <summary>A site to report to.</summary>
    public sealed class KeyedSite : IAsyncLifetime
    {
        private readonly TemporaryDirectory _directory = new();

        internal Sender Sender { get; } = new(Document);

        internal TestSite Site { get; private set; } = null!;

        public async Task InitializeAsync() => Site = await TestSite.StartAsync(_directory);

        internal async Task<List<string>> StoredAsync() =>
            await Site.Store.ScanAsync(ReportStore.Table, KeyRange.All).Select(row => row.Key).ToListAsync();

        public async Task DisposeAsync()
        {
            await Site.DisposeAsync();
            Sender.Dispose();
            _directory.Dispose();
        }
    }
}
