using System.Net;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The published function app as the Functions host runs it: a process of its own that is spoken to over gRPC.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class WorkerTests(PublishedApp app, Azurite azurite) : IClassFixture<Azurite>
{
    private const string Settings = "AzureWebJobsStorage";

    [AzuriteFact]
    public async Task It_declares_every_function_as_its_attributes_do()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        Assert.Equal(AppFunctions.Names.Order(StringComparer.Ordinal), host.Functions.Select(function => function.Name).Order(StringComparer.Ordinal));
        foreach (var (name, declared) in AppFunctions.All)
        {
            var trigger = host.Functions.Single(function => function.Name == name).Trigger;
            if (declared is HttpTriggerAttribute http)
            {
                Assert.Equal((http.Route, http.AuthLevel.ToString()), (trigger.Route, trigger.AuthLevel));
                Assert.Equal(http.Methods, trigger.Methods);
            }
            else
            {
                Assert.Equal(((TimerTriggerAttribute)declared).Schedule, trigger.Schedule);
            }
        }
    }

    [AzuriteFact]
    public async Task Every_answer_is_that_of_the_standalone_host()
    {
        using var directory = new TemporaryDirectory();
        await using var worker = await StartAsync(azurite.NewAccount(), AppRequests.Settings);
        using var standalone = await AppProcess.StartAsync(directory, [(Settings, azurite.NewAccount()), .. AppRequests.Settings]);

        await AppRequests.AssertSameAsync("the worker", worker.Client, standalone.Client);
        foreach (var timer in worker.Functions.Where(function => function.Trigger.Schedule is not null))
            Assert.Equal(new InvocationResult(InvocationStatus.Succeeded, null), await worker.InvokeTimerAsync(timer.Name));
    }

    [AzuriteFact]
    public async Task It_is_served_below_the_route_prefix_of_its_host_json()
    {
        using var copy = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(app.Directory, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(app.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var hostFile = Path.Combine(copy, "host.json");
        await File.WriteAllTextAsync(hostFile, (await File.ReadAllTextAsync(hostFile)).Replace("\"routePrefix\": \"\"", "\"routePrefix\": \"telemetry\"", StringComparison.Ordinal));
        await using var host = await HostStandIn.StartAsync(new HostStandInOptions(Path.Combine(copy, "TelemetryFunctions.dll"))
        {
            Settings = new Dictionary<string, string?> { [Settings] = azurite.NewAccount() },
        });

        foreach (var (method, path, status) in new[]
        {
            ("GET", "/telemetry/", HttpStatusCode.OK), ("GET", "/telemetry", HttpStatusCode.MovedPermanently), ("GET", "/telemetry/catalogue", HttpStatusCode.OK),
            ("GET", "/telemetry/catalogue/", HttpStatusCode.MovedPermanently), ("GET", "/telemetry/charts/overview", HttpStatusCode.OK),
            ("PATCH", "/telemetry/", HttpStatusCode.MethodNotAllowed), ("OPTIONS", "/telemetry/packages", HttpStatusCode.NoContent), ("GET", "/telemetry/nothing", HttpStatusCode.NotFound),
        })
        {
            using var response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.Equal((method, path, status), (method, path, response.StatusCode));
            if (status == HttpStatusCode.MovedPermanently)
                Assert.Equal(path.EndsWith('/') ? "../catalogue" : "./telemetry/", response.Headers.Location?.OriginalString);
        }
    }

    [AzuriteFact]
    public async Task A_body_that_is_too_large_is_refused_by_the_app()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        using var response = await host.Client.PostAsync("/", new ByteArrayContent(new byte[30_000_001]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [AzuriteFact]
    public async Task A_client_that_sends_too_much_is_refused_by_the_app()
    {
        await using var host = await StartAsync(azurite.NewAccount(), ("Telemetry__WritesPerHour", "1"));
        Task<HttpResponseMessage> Report() => host.Client.PostAsync("/", new StringContent($$"""{"system_id":"{{Guid.NewGuid()}}"}""", null, "application/json"));

        using var taken = await Report();
        using var refused = await Report();
        using var read = await host.Client.GetAsync("/health");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (taken.StatusCode, refused.StatusCode, read.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [AzuriteFact]
    public async Task It_ends_by_itself_when_told()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        Assert.Equal(0, await host.StopAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task A_storage_setting_that_can_not_be_used_is_one_line(string? setting)
    {
        var error = await Assert.ThrowsAsync<WorkerFailedException>(() => StartAsync(setting));

        Assert.Contains($"error: {Settings}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The Functions host logs a line of a worker that it starts as an error where it says so, else as information.</summary>
    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_one_line_and_an_error()
    {
        var storage = $"DefaultEndpointsProtocol=http;AccountName=away;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:{AppProcess.FreePort()}/away;";

        var error = await Assert.ThrowsAsync<WorkerFailedException>(() => StartAsync(storage));

        Assert.Contains("error: No table service answers at http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
    }

    private Task<HostStandIn> StartAsync(string? storage, params IEnumerable<(string Name, string Value)> settings) =>
        app.StartAsync(storage, settings.Append(("AZURE_FUNCTIONS_ENVIRONMENT", "Development")).Select(setting => KeyValuePair.Create(setting.Item1, setting.Item2)));
}
