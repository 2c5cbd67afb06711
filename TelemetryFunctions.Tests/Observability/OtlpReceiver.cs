using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TelemetryFunctions.Tests.Worker;

namespace TelemetryFunctions.Tests.Observability;

/// <summary>A collector that keeps every byte it is told, by OTLP over HTTP, and takes out nothing.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp</remarks>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _server = LoopbackServer.Build(HttpProtocols.Http1, _ => { });

    private OtlpReceiver() => _server.Run(async context =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    });

    /// <summary>Makes a process export to it, soon.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Address().AbsoluteUri,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public IReadOnlyCollection<byte[]> Bodies => [.. _received.Select(export => export.Body)];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._server.StartAsync();
        return receiver;
    }

    /// <summary>What came for a signal: traces, metrics or logs. Text is as it is in what was sent; the rest is not legible.</summary>
    public string TextOf(string signal) =>
        string.Concat(_received.Where(export => export.Path == $"/v1/{signal}").Select(export => Encoding.UTF8.GetString(export.Body)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
