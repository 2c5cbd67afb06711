using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Client.Events;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.AspNetCore;

public sealed class RequestTrackingTests : IAsyncLifetime, IEventTracker
{
    private readonly ManualClock _clock = new(TestSite.Noon);
    private readonly List<Event> _tracked = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _hungUp = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IEventTracker>(this).AddSingleton<TimeProvider>(_clock);
        _app = builder.Build();
        _app.UseTelemetryEvents();
        _app.UseExceptionHandler("/sorry");
        _app.UseWebSockets();
        _app.MapGet("/projects/{id}", (int id) => id);
        _app.MapPost("tasks/{task:int}/run", () => Results.StatusCode(202));
        _app.MapMethods("any", ["PURGE"], () => "");
        _app.MapGet("/slow", () => _clock.Advance(TimeSpan.FromMilliseconds(250)));
        _app.MapGet("/fails", void () => throw new InvalidOperationException());
        _app.MapGet("/sorry", (HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()!.Path);
        _app.MapGet("/live", () => "").DisableHttpMetrics();
        _app.MapGet("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[1], context.RequestAborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        _app.MapGet("/forever", async (HttpContext context) =>
        {
            _hungUp.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    void IEventTracker.Track(Event @event)
    {
        lock (_tracked)
            _tracked.Add(@event);
        _arrived.Release();
    }

    [Theory]
    [InlineData("GET", "/projects/42?token=secret", "GET /projects/{id} 200")]
    [InlineData("get", "/projects/42", "GET /projects/{id} 200")]
    [InlineData("GET", "/projects/secret", "GET /projects/{id} 400")]
    [InlineData("POST", "/tasks/7/run", "POST /tasks/{task:int}/run 202")]
    [InlineData("GET", "/secret/path?a=secret", "GET (none) 404")]
    [InlineData("PURGE", "/any", "_OTHER /any 200")]
    [InlineData("GET", "/fails", "GET /fails 500")]
    public async Task A_request_is_told_by_its_template(string method, string path, string told)
    {
        await _client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(told, await TakeAsync());
        Assert.DoesNotContain("secret", _tracked[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_is_in_milliseconds()
    {
        await _client.GetAsync("/slow");

        await TakeAsync();
        Assert.Equal(250, _tracked[0].ApiRequest.LatencyMs);
    }

    [Fact]
    public async Task A_client_that_hangs_up_is_no_failure_of_the_service()
    {
        using var impatient = new CancellationTokenSource();
        var request = _client.GetAsync("/forever", impatient.Token);
        await _hungUp.Task;
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal("GET /forever 499", await TakeAsync());
    }

    [Fact]
    public async Task What_wants_no_metrics_and_what_is_upgraded_is_left_out()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_client.BaseAddress!) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await _client.GetAsync("/live");
        await _client.GetAsync("/slow");

        await TakeAsync();
        Assert.Equal("/slow", Assert.Single(_tracked).ApiRequest.Route);
    }

    [Fact]
    public void Without_a_tracker_the_start_says_what_is_missing()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains("AddTelemetryEvents", Assert.Throws<InvalidOperationException>(() => app.UseTelemetryEvents()).Message, StringComparison.Ordinal);
    }

    /// <summary>The first event, once it is there: a client has its answer before the request has ended.</summary>
    private async Task<string> TakeAsync()
    {
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        var request = _tracked[0].ApiRequest;
        return $"{request.Method} {request.Route} {request.Status}";
    }
}
