using System.Net;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>Runs that the Functions host cancels while the store keeps them waiting.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class CancellationTests(PublishedApp app, Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly InvocationResult QuietEnd = new(InvocationStatus.Succeeded, null);

    [AzuriteTheory]
    [InlineData("POST", "/")]
    [InlineData("GET", "/charts/active-systems")]
    [InlineData("DELETE", "/systems/3fa85f6457174562b3fc2c963f66afa6")]
    public async Task A_cancelled_request_ends_quietly_and_its_client_is_to_try_again(string method, string path)
    {
        await using var gate = await StorageGate.StartAsync(azurite);
        await using var host = await app.StartAsync(gate.ConnectionString);
        var waiting = gate.CloseAsync();
        using var request = Request(method, path);
        var answer = host.Client.SendAsync(request);
        await waiting;

        var run = Assert.Single(host.Running);
        run.Cancel();

        Assert.Equal(QuietEnd, await run.Result);
        using var response = await answer;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        AssertQuiet(host);
        gate.Open();
        using var again = Request(method, path);
        using var second = await host.Client.SendAsync(again);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    [AzuriteFact]
    public async Task The_request_of_a_client_that_hangs_up_ends_quietly()
    {
        await using var gate = await StorageGate.StartAsync(azurite);
        await using var host = await app.StartAsync(gate.ConnectionString);
        using var hangUp = new CancellationTokenSource();
        var waiting = gate.CloseAsync();
        var answer = host.Client.GetAsync("/charts/active-systems", hangUp.Token);
        await waiting;

        var run = Assert.Single(host.Running);
        await hangUp.CancelAsync();

        Assert.Equal(QuietEnd, await run.Result);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        AssertQuiet(host);
    }

    [AzuriteFact]
    public async Task A_cancelled_timer_ends_quietly_and_runs_again()
    {
        await using var gate = await StorageGate.StartAsync(azurite);
        await using var host = await app.StartAsync(gate.ConnectionString);
        using var cancel = new CancellationTokenSource();
        var waiting = gate.CloseAsync();
        var run = host.InvokeTimerAsync("MidnightSummary", cancellation: cancel.Token);
        await waiting;

        await cancel.CancelAsync();

        Assert.Equal(QuietEnd, await run);
        AssertQuiet(host);
        gate.Open();
        Assert.Equal(QuietEnd, await host.InvokeTimerAsync("MidnightSummary"));
    }

    private static HttpRequestMessage Request(string method, string path) => new(new HttpMethod(method), path)
    {
        Content = method == "POST" ? new ByteArrayContent(ReportBuilder.Report(1).ToByteArray()) : null,
    };

    private static void AssertQuiet(HostStandIn host) => Assert.DoesNotContain(host.Logs, log =>
        // A machine that never ran ASP.NET hears of its new keys.
        log.Level >= LogLevel.Warning && !log.Category.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal));
}
