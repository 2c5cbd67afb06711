using System.Net;
using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The published app at night: what was posted by day becomes points when the host runs the timer.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class TimerTests(PublishedApp app, Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 20, 0, 1, 30, TimeSpan.Zero);

    [AzuriteFaketimeFact]
    public async Task Closed_days_become_points()
    {
        using var directory = new TemporaryDirectory();
        var clock = Path.Combine(directory, "clock");
        Faketime.Set(clock, Noon);
        await using var host = await app.StartAsync(azurite.NewAccount(), [.. Faketime.FromFile(clock), new("Telemetry__MinimumLabelSystems", "1"), new("Telemetry__MinimumNameDays", "1")]);
        await PostAsync(host, 1, "3.21.4");
        await PostAsync(host, 2, "3.21.4");
        Faketime.Set(clock, Noon.AddDays(1));
        await PostAsync(host, 1, "3.21.4");
        await PostAsync(host, 2, "3.22.0");
        await PostAsync(host, 3, "3.22.0");
        Faketime.Set(clock, Midnight);
        await PostAsync(host, 4, "3.22.0");

        Assert.Equal(new InvocationResult(InvocationStatus.Succeeded, null), await host.InvokeTimerAsync("MidnightSummary"));

        var days = $"""
            "through":"2026-11-19","provisional":false,"times":[{Day(18)},{Day(19)}]
            """;
        await AssertEndsAsync(host, "/charts/active-systems", days, """[{"label":"systems","values":[0,2]}]""");
        await AssertEndsAsync(host, "/charts/components/core?by=xyz", days, """[{"label":"3.21.4","values":[null,1]},{"label":"3.22.0","values":[null,1]}]""");
        await AssertEndsAsync(host, "/charts/system-age", days, """[{"label":"under 1 week","values":[2,3]}]""");
        using var health = JsonDocument.Parse(await host.Client.GetStringAsync("/health"));
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.Equal("2026-11-19", health.RootElement.GetProperty("lastSummarizedDay").GetString());
        Assert.Equal("2026-11-21T00:00:00+00:00", health.RootElement.GetProperty("nextRun").GetString());
    }

    private static long Day(int day) => new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static async Task PostAsync(HostStandIn host, int system, string version)
    {
        using var response = await host.Client.PostAsync("/", new ByteArrayContent(ReportBuilder.Report(system, ("core", version)).ToByteArray()));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task AssertEndsAsync(HostStandIn host, string path, string days, string series) =>
        Assert.EndsWith($$"""{{days}},"series":{{series}}}""", await host.Client.GetStringAsync(path), StringComparison.Ordinal);
}
