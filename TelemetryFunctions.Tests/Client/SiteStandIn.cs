using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client;

/// <summary>A site as clients see it: takes requests on a port of its own, keeps them, and answers as a test says.</summary>
internal sealed class SiteStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ManualClock _clock;
    private readonly ConcurrentQueue<Received> _unread = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _next = new();

    private SiteStandIn(ManualClock clock, int port)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>Every request so far.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>How requests are answered for which nothing else was enqueued.</summary>
    public Func<HttpContext, Task> Always { get; set; } = Accept;

    public Uri Address => new(_app.Urls.First());

    public static async Task<SiteStandIn> StartAsync(ManualClock clock, int port = 0)
    {
        var site = new SiteStandIn(clock, port);
        await site._app.StartAsync();
        return site;
    }

    /// <summary>How the next request is answered, the one after that, and so on.</summary>
    public void Next(params Func<HttpContext, Task>[] answers)
    {
        foreach (var answer in answers)
            _next.Enqueue(answer);
    }

    public static Func<HttpContext, Task> Answer(int status, string body = "", params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body);
    };

    /// <summary>The connection breaks before there is an answer.</summary>
    public static Task HangUp(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>There is no answer until the client gives up.</summary>
    public static Task Hold(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public static Task Accept(HttpContext context) => Answer(200, """{"accepted":1,"duplicate":0,"rejected":0,"errors":[],"status":"accepted"}""")(context);

    /// <summary>The next request. Where it does not come of itself, time passes.</summary>
    public async Task<Received> TakeAsync(TimeSpan step = default)
    {
        for (var tries = 0; tries < 3_000; tries++)
        {
            if (_unread.TryDequeue(out var received))
                return received;
            if (step > TimeSpan.Zero)
                _clock.Advance(step);
            await Task.Delay(10);
        }

        throw new TimeoutException("The site was sent nothing.");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(), _clock.GetUtcNow());
        All.Enqueue(received);
        _unread.Enqueue(received);
        await (_next.TryDequeue(out var answer) ? answer : Always)(context);
    }

    /// <summary>A request.</summary>
    public sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
    {
        /// <summary>The events, as the service reads them.</summary>
        public IReadOnlyList<Event> Events
        {
            get
            {
                using var plain = new MemoryStream();
                using (var zip = new GZipStream(new MemoryStream(Body), CompressionMode.Decompress))
                    zip.CopyTo(plain);
                return EventBatch.Parser.ParseFrom(plain.ToArray()).Events;
            }
        }

        /// <summary>The numbers that <see cref="Events.TrackerRig.Numbered"/> gave them.</summary>
        public IEnumerable<int> Numbers => Events.Select(sent => int.Parse(sent.Custom.Name, null));
    }
}
