using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Functions;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Http.Limits;

/// <summary>What needs no key is taken from a client only so often.</summary>
public sealed class WriteLimitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_client_that_sends_too_much_is_told_when_to_come_back()
    {
        await using var site = await StartAsync(perHour: 3);

        Assert.Equal(HttpStatusCode.OK, await ReportAsync(site));
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync(site));
        Assert.Equal(HttpStatusCode.NoContent, await ForgetAsync(site));

        using var refused = await site.PostJsonAsync(Report());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Telemetry__WritesPerHour", (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, await NotifyAsync(site));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForgetAsync(site));
    }

    [Fact]
    public void Every_function_that_writes_without_a_key_is_limited()
    {
        // One is for development, one reads what is not for an address, one asks for a key in its own way.
        string[] others = [nameof(PutSummary), nameof(AskAboutSystem), nameof(EnterOperations)];
        var limited = typeof(WriteLimit).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(EnableRateLimitingAttribute), false)));

        Assert.Equal(
            AppFunctions.All
                .Where(function => function.Trigger is HttpTriggerAttribute { AuthLevel: AuthorizationLevel.Anonymous, Methods: { } methods, Route: not RouteTable.Rest } && methods.Any(method => method is not ("get" or "head")))
                .Select(function => function.Name).Except(others).Order(),
            limited.Select(type => type.Name).Order());
    }

    [Fact]
    public async Task Who_only_reads_and_who_has_a_key_is_not_limited()
    {
        await using var site = await StartAsync(perHour: 1, "--Standalone:FunctionKey=a key for services");
        await ReportAsync(site);
        Assert.Equal(HttpStatusCode.TooManyRequests, await ReportAsync(site));

        await site.GetAsync("/health");
        await site.GetAsync("/charts");
        using var events = await site.Client.PostAsync("/events?code=a key for services", JsonContent.Create(Array.Empty<string>()));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, events.StatusCode);
    }

    [Fact]
    public async Task Others_are_not_limited_by_it_nor_is_the_next_hour()
    {
        await using var site = await StartAsync(perHour: 1, "--Standalone:TrustedProxies=127.0.0.1");

        Assert.Equal(HttpStatusCode.OK, await ReportAsync(site, "2001:db8::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ReportAsync(site, "2001:db8::2"));
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(site, "192.0.2.1"));

        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(site, "2001:db8::2"));
    }

    [Fact]
    public async Task There_may_be_no_limit()
    {
        await using var site = await StartAsync(perHour: 0);

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await ReportAsync(site));
    }

    [Fact]
    public async Task The_operator_reads_of_it_once_an_hour_and_not_who_it_was()
    {
        await using var site = await StartAsync(perHour: 1);

        for (var i = 0; i < 4; i++)
            await ReportAsync(site);
        var line = Assert.Single(_log.GetSnapshot(), record => record.Level == LogLevel.Warning);
        Assert.Contains("Telemetry__WritesPerHour", line.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", line.Message, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
            await ReportAsync(site);
        Assert.Equal(2, _log.GetSnapshot().Count(record => record.Level == LogLevel.Warning));
    }

    private static string Report() => $$"""{"system_id":"{{Guid.NewGuid()}}"}""";

    private static async Task<HttpStatusCode> ReportAsync(TestSite site, string? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(Report(), null, "application/json") };
        if (client is not null)
            request.Headers.Add("X-Forwarded-For", client);
        using var response = await site.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> NotifyAsync(TestSite site)
    {
        using var response = await site.Client.PostAsync("/downloads", new StringContent("""{"downloads":[{"name":"a/b","version":"1.0.0.0"}]}""", null, "application/json"));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> ForgetAsync(TestSite site)
    {
        using var response = await site.Client.DeleteAsync($"/systems/{Guid.NewGuid()}");
        return response.StatusCode;
    }

    private Task<TestSite> StartAsync(int perHour, params string[] settings) => TestSite.StartAsync(
        _directory, configure: builder => Listen(builder), settings: [$"--Telemetry:WritesPerHour={perHour}", .. settings]);

    private void Listen(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(_log));
    }
}
