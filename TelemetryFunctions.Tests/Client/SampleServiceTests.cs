using System.Text.Json;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client;

/// <summary>The sample, run beside a site.</summary>
public sealed class SampleServiceTests : IDisposable
{
    private const string Key = "open-sesame";

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _state = new();

    public void Dispose()
    {
        _directory.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Its_requests_and_its_report_reach_the_site_through_the_proxy_of_the_environment()
    {
        var now = TimeProvider.System.GetUtcNow();
        var system = SystemState.Create(now - TimeSpan.FromDays(1));
        await new SystemFile(_state).TryReplaceAsync(null, system, CancellationToken.None);
        await using var site = await TestSite.StartAsync(_directory, new ManualClock(now), settings: [$"--Standalone:FunctionKey={Key}"]);
        site.Client.DefaultRequestHeaders.Add("X-System-Key", system.Key);
        using var sample = await SampleProcess.StartAsync(new Dictionary<string, string>
        {
            ["http_proxy"] = site.Client.BaseAddress!.ToString(),
            ["no_proxy"] = "",
            ["DO_NOT_TRACK"] = "",
            ["Telemetry__Endpoint"] = "http://telemetry.test/",
            ["Telemetry__Key"] = Key,
            ["Telemetry__Directory"] = _state,
        });

        await sample.Client.GetAsync("/projects/1");
        await sample.Client.GetAsync("/projects/1?token=secret");
        await sample.Client.PostAsync("/projects?name=Balcony", null);
        using var preview = JsonDocument.Parse(await sample.Client.GetStringAsync("/telemetry"));
        await UntilAsync(async () => (await site.Client.GetAsync($"/systems/{system.SystemId}")).IsSuccessStatusCode, sample);
        await sample.StopAsync();
        await site.PutAsync();

        using var stored = JsonDocument.Parse(await site.GetAsync($"/systems/{system.SystemId}"));
        var report = stored.RootElement.GetProperty("lastReport").GetProperty("report");
        Assert.Equal("1.4.2", report.GetProperty("components")[0].GetProperty("version").GetString());
        Assert.InRange(report.GetProperty("properties").GetProperty("projects").GetInt32(), 1, 2);
        Assert.Equal(2, preview.RootElement.GetProperty("properties").GetProperty("projects").GetInt32());

        site.Client.DefaultRequestHeaders.Add("x-functions-key", Key);
        var api = await site.GetAsync("/operations/api?format=csv");
        Assert.Contains("GET /projects/{id:int}", api, StringComparison.Ordinal);
        Assert.Contains("POST /projects", api, StringComparison.Ordinal);
        Assert.Contains("created", await site.GetAsync("/operations/projects?format=csv"), StringComparison.Ordinal);
        Assert.Contains($"system {system.SystemId}", sample.Output, StringComparison.Ordinal);
        Assert.Contains("Telemetry__Enabled=false, or DO_NOT_TRACK=1", sample.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(system.Key, sample.Output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, SampleProcess sample)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 600, sample.Output);
            await Task.Delay(50);
        }
    }
}
