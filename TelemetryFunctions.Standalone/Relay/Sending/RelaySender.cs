using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>Sends one item to the service.</summary>
/// <param name="http">Goes through the proxy that <c>HTTPS_PROXY</c> names.</param>
/// <param name="options">Where to, and with which key.</param>
/// <param name="clock">Tells the time of answers that name one.</param>
internal sealed partial class RelaySender(HttpClient http, RelayOptions options, TimeProvider clock)
{
    // What is shorter does not become shorter by gzip.
    private const int WorthCompressing = 1_024;

    /// <returns>What came of it. Sending again is always harmless to reports and events.</returns>
    public async Task<SendResult> SendAsync(RelayContent content, CancellationToken cancellation)
    {
        using var request = Request(content);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return await SentAnswer.ReadAsync(response, content.Item.Id.Kind, clock.GetUtcNow(), cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or Polly.ExecutionRejectedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new SendResult(SendOutcome.Away, Reason(e));
        }
    }

    /// <summary>
    /// Why, in one line: what is wrong with a certificate, for one, only the inner exception says. What was answered may be quoted in it, and the address of
    /// the proxy with its password.
    /// </summary>
    private static string Reason(Exception e) => TerminalText.Short(Password().Replace(
        e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{e.Message} {inner.Message}" : e.Message, ""));

    [GeneratedRegex(@"(?<=://)[^\s/]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    private HttpRequestMessage Request(RelayContent content)
    {
        var (item, secrets) = (content.Item, content.Secrets);
        var path = item.Id.Kind switch { RelayKind.Installs => "downloads", RelayKind.Events => "events", _ => "" };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.To, path)) { Content = Body(content) };
        var headers = request.Headers;
        Add(headers, RelayKey.Header, options.Key);
        switch (item.Id.Kind)
        {
            case RelayKind.Report:
                Add(headers, ReportDay.Header, item.Id.Day.ToString(ReportDay.Format, CultureInfo.InvariantCulture));
                Add(headers, SystemKey.Header, secrets.SystemKey);
                break;
            case RelayKind.Installs:
                Add(headers, InstallClient.RelayHeader, secrets.Client);
                Add(headers, "User-Agent", secrets.UserAgent);
                break;
            case RelayKind.Events:
                Add(headers, "x-functions-key", secrets.FunctionKey);
                break;
        }

        return request;
    }

    private static ByteArrayContent Body(RelayContent content)
    {
        // The service takes Composer's notifications as Composer sends them.
        var isPlain = content.Body.Length < WorthCompressing || content.Item.Id.Kind == RelayKind.Installs;
        var body = new ByteArrayContent(isPlain ? content.Body : Gzip(content.Body));
        if (!isPlain)
            body.Headers.ContentEncoding.Add("gzip");
        if (MediaTypeHeaderValue.TryParse(content.Item.ContentType, out var type))
            body.Headers.ContentType = type;
        return body;
    }

    private static byte[] Gzip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(body);
        return zipped.ToArray();
    }

    private static void Add(HttpRequestHeaders headers, string name, string value)
    {
        if (value.Length > 0)
            headers.TryAddWithoutValidation(name, value);
    }
}
