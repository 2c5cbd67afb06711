using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Tests.Support;

/// <summary>
/// The network as a client sees it: hands every try to the service, or does to it what the test says.
/// </summary>
public sealed class FaultTransport : HttpPipelineTransport
{
    private readonly HttpPipelineTransport _network = HttpClientTransport.Shared;
    private readonly ConcurrentQueue<Func<Try, ValueTask>> _faults = new();

    /// <summary>Every try so far.</summary>
    public ConcurrentQueue<Try> Tries { get; } = new();

    /// <summary>What happens to tries for which nothing was enqueued; null lets them through.</summary>
    public Func<Try, ValueTask>? Always { get; set; }

    /// <summary>What happens to the next try, the one after that, and so on.</summary>
    public void Next(params Func<Try, ValueTask>[] faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    public void Clear()
    {
        Tries.Clear();
        _faults.Clear();
        Always = null;
    }

    /// <summary>Answers without asking the service.</summary>
    public static Func<Try, ValueTask> Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answer(status, Encoding.UTF8.GetBytes(body), headers);

    /// <inheritdoc cref="Answer(int, string, ValueTuple{string, string}[])"/>
    public static Func<Try, ValueTask> Answer(int status, byte[] body, params (string Name, string Value)[] headers) => sent =>
    {
        sent.Message.Response = new CannedResponse(status, body, headers);
        return ValueTask.CompletedTask;
    };

    /// <summary>The service does it, and the connection breaks before the answer.</summary>
    public static async ValueTask DropAfterwards(Try sent)
    {
        await sent.SendAsync();
        throw Dropped();
    }

    /// <summary>The connection breaks before the service has the request.</summary>
    public static ValueTask DropBefore(Try sent) => throw Dropped();

    public static ValueTask LetThrough(Try sent) => sent.SendAsync();

    public override Request CreateRequest() => _network.CreateRequest();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var sent = new Try(message, await ReadAsync(message.Request), () => _network.ProcessAsync(message));
        Tries.Enqueue(sent);
        var fault = _faults.TryDequeue(out var next) ? next : Always ?? LetThrough;
        await fault(sent);
    }

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    // What Azure.Core's transport makes of a broken connection.
    private static RequestFailedException Dropped() => new("The connection was dropped.", new IOException("Dropped."));

    private static async Task<string> ReadAsync(Request request)
    {
        using var body = new MemoryStream();
        if (request.Content is { } content)
            await content.WriteToAsync(body, CancellationToken.None);
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>One try of a request.</summary>
    public sealed record Try(HttpMessage Message, string Body, Func<ValueTask> SendAsync)
    {
        public string Method { get; } = Message.Request.Method.Method;

        public Uri Uri { get; } = Message.Request.Uri.ToUri();

        /// <summary>Rows that the request writes: of a transaction, its actions.</summary>
        public int Rows { get; } = Body.Contains("application/http", StringComparison.Ordinal)
            ? Body.Split("Content-Type: application/http").Length - 1
            : 1;
    }

    private sealed class CannedResponse(int status, byte[] body, (string Name, string Value)[] headers) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "Canned";

        public override Stream? ContentStream { get; set; } = new MemoryStream(body);

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
            headers.Select(header => new HttpHeader(header.Name, header.Value));

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = Array.Find(headers, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}
