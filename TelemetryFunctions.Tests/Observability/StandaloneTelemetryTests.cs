using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Observability;

/// <summary>What the service tells a collector of itself tells nothing of those who use it.</summary>
public sealed class StandaloneTelemetryTests
{
    private const string SystemId = "7771a0ce-c127-8f8c-a878-a66c694f3344";
    private const string SystemKey = "correct-horse-battery-staple-0123456789";
    private const string ClientAddress = "127.0.0.77";
    private const string UserAgent = "Curious/1.0 (agent of one client)";

    [Fact]
    public async Task Spans_and_logs_have_neither_ids_nor_addresses_nor_user_agents()
    {
        var (spans, logs) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<LogRecord>());
        using var directory = new TemporaryDirectory();
        await using (var site = await StartAsync(directory, spans, logs))
        {
            using var client = ClientFrom(IPAddress.Parse(ClientAddress), site.Client.BaseAddress!);
            client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
            using (var refused = await client.PostAsync("/", Json($$"""{"systemId":"{{SystemId}}"}""")))
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            client.DefaultRequestHeaders.Add("X-System-Key", SystemKey);
            using (var accepted = await client.PostAsync("/", Json($$"""{"systemId":"{{SystemId}}"}""")))
                Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
            Assert.False(directory.Holds(SystemKey));
            await client.PostAsync("/", Json($$"""{"systemId":"{{SystemId}}","unknown" """));
            await client.GetAsync($"/charts?id={SystemId}");
            await client.GetAsync($"/nowhere/{SystemId}");
            await client.PutAsync("/", null);
            await client.GetAsync($"/systems/{SystemId}");
            await client.PostAsync("/systems", new FormUrlEncodedContent([new("id", SystemId), new("key", SystemKey), new("do", "show")]));
            await client.DeleteAsync($"/systems/{SystemId}");
        }

        Assert.Contains(spans, span => Text(span).Contains("http.route=systems/{id}", StringComparison.Ordinal));
        Assert.NotEmpty(logs);
        Assert.All([.. spans.Select(Text), .. logs.Select(Text)], text =>
        {
            Assert.DoesNotContain(SystemId, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(SystemId.Replace("-", "", StringComparison.Ordinal), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(SystemKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(ClientAddress, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Curious", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_service_s_own_meters_are_told()
    {
        var metrics = new ConcurrentQueue<Metric>();
        using var directory = new TemporaryDirectory();
        await using (var site = await TestSite.StartAsync(directory, configure: builder =>
        {
            builder.Services.ConfigureOpenTelemetryMeterProvider(provider => provider.AddInMemoryExporter(new QueueCollection<Metric>(metrics)));
        }, settings: ["--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9"]))
        {
            await site.PostJsonAsync($$"""{"systemId":"{{ReportBuilder.Id(1)}}"}""");
            site.Service<MeterProvider>().ForceFlush();
        }

        Assert.Contains(metrics, metric => metric.Name == "telemetry.reports");
        Assert.Contains(metrics, metric => metric.Name == "http.server.request.duration");
    }

    [Fact]
    public async Task Nothing_is_told_where_nobody_is_to_be_told()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        Assert.Null(site.OptionalService<TracerProvider>());
        Assert.Null(site.OptionalService<MeterProvider>());
    }

    private static Task<TestSite> StartAsync(string directory, ConcurrentQueue<Activity> spans, ConcurrentQueue<LogRecord> logs) => TestSite.StartAsync(
        directory,
        configure: builder =>
        {
            // Everything, as one would who looks for a fault.
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddInMemoryExporter(new QueueCollection<Activity>(spans)));
            builder.Services.ConfigureOpenTelemetryLoggerProvider(provider => provider.AddInMemoryExporter(new QueueCollection<LogRecord>(logs)));
        },
        settings: ["--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Default=Trace"]);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static HttpClient ClientFrom(IPAddress address, Uri site) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = site,
    };

    private static string Text(Activity span) =>
        $"{span.DisplayName} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} {string.Join(' ', span.Events.SelectMany(e => e.Tags).Select(tag => tag.Value))}";

    private static string Text(LogRecord log) =>
        $"{log.CategoryName} {log.Body} {log.FormattedMessage} {string.Join(' ', (log.Attributes ?? []).Select(attribute => $"{attribute.Key}={attribute.Value}"))} {log.Exception}";

    /// <summary>A collection that several threads may add to, which is all an exporter does.</summary>
    private sealed class QueueCollection<T>(ConcurrentQueue<T> queue) : ICollection<T>
    {
        public int Count => queue.Count;

        public bool IsReadOnly => false;

        public void Add(T item) => queue.Enqueue(item);

        public void Clear() => queue.Clear();

        public bool Contains(T item) => queue.Contains(item);

        public void CopyTo(T[] array, int arrayIndex) => queue.CopyTo(array, arrayIndex);

        public bool Remove(T item) => throw new NotSupportedException();

        public IEnumerator<T> GetEnumerator() => queue.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
