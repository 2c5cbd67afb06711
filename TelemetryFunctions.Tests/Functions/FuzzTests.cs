using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Functions;

/// <summary>Requests that nobody would send, to every route and over a socket: whatever is wrong with one is its own fault.</summary>
public sealed class FuzzTests
{
    private const int Requests = 3000;

    private static readonly string[] Routes = [.. AppFunctions.All.Select(function => function.Trigger).OfType<HttpTriggerAttribute>().Select(trigger => trigger.Route!).Distinct()];

    private static readonly string[] Methods = ["GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"];

    private static readonly string[] Words =
    [
        "", ".", "..", "%2E%2E", "%2F", "%252F", "%00", "%FF", "%ED%A0%80", "%5C", "~", "=XX", "'", "\"", "<script>", "core", "components", "overview",
        "active-systems", "workers", "a%2F..%2Fb", "%F0%9F%92%A5", "*", "{id}", "3fa85f64-5717-4562-b3fc-2c963f66afa6", "0", "-1", "99999999999999999999",
        "9999-12-31", "0001-01-01", "2026-02-30", "xyz", "median", "csv", "json", "shields", "month", "total", "name",
        "svg", "badge", "dark", "800", "active-systems.svg", ".svg",
    ];

    private static readonly string[] Keys = ["from", "to", "by", "format", "width", "theme", "q", "sort", "page", "x", ""];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "application/json", "text/html;q=x", ";;;", "application/json;q=0.5, */*;q=9"]),
        ("Accept-Encoding", ["gzip", "br;q=0.1, gzip", "*;q=0", "identity;q=0", ",,,", "gzip;q=2"]),
        ("Content-Type", ["application/json", "application/x-protobuf", "application/json; charset=", "application/json; charset=\"", "text/plain", "/"]),
        ("Content-Encoding", ["gzip", "GZIP", "br", "gzip, gzip", ""]),
        ("If-None-Match", ["*", "\"x\"", "W/\"x\"", "x", "\"", "\"a\", \"b\""]),
        ("If-Modified-Since", ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        ("Range", ["bytes=0-", "bytes=5-2", "bytes=-1", "bytes=99999999999-", "lines=1-2"]),
        ("If-Range", ["\"x\"", "x"]),
        ("Expect", ["100-continue"]),
        ("Origin", ["null", "https://example.org"]),
        ("X-Forwarded-For", ["1.2.3.4", "x"]),
        ("X-Forwarded-Proto", ["https", "https, http", "javascript", ",", "\u00e9"]),
        ("X-Forwarded-Prefix", ["/a", "a", "//", "/%FF"]),
        ("User-Agent", ["Composer/2.8", "\u00e9"]),
    ];

    [Theory]
    [InlineData(1, "Development")]
    [InlineData(2, "Production")]
    public async Task No_request_is_the_services_fault(int seed, string environment)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, environment: environment);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"1.2.3"}]}""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        var random = new Random(seed);

        for (var i = 0; i < Requests; i++)
        {
            var request = Request(random);
            var status = await SendAsync(site.Client.BaseAddress!, request);
            Assert.True(status is >= 200 and < 500, $"{status} for {Encoding.Latin1.GetString(request)}");
        }

        Assert.True((await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(2)}}"}""")).IsSuccessStatusCode);
    }

    private static byte[] Request(Random random)
    {
        var head = new StringBuilder($"{Pick(random, Methods)} {Target(random)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        foreach (var (name, values) in Headers)
        {
            if (random.Next(5) == 0)
                head.Append(name).Append(": ").Append(Pick(random, values)).Append("\r\n");
        }

        var body = Body(random);
        head.Append("Content-Length: ").Append(body.Length).Append("\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private static string Target(Random random)
    {
        var route = Pick(random, Routes);
        var segments = route.Split('/').Select(segment => segment switch
        {
            "{root:maxlength(0)?}" => "",
            ['{', '*', ..] => string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => Word(random))),
            ['{', ..] => Word(random),
            _ => segment,
        });
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Pick(random, Keys)}={Word(random)}"));
        return "/" + string.Join('/', segments) + (query.Length > 0 ? "?" + query : "") + (random.Next(20) == 0 ? "/" : "");
    }

    private static string Word(Random random) => random.Next(8) switch
    {
        0 => new string('n', random.Next(1200)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"%{random.Next(256):X2}")),
        _ => Pick(random, Words),
    };

    /// <summary>Mostly something that is nearly right: what is no report at all is refused early.</summary>
    private static byte[] Body(Random random)
    {
        byte[] body = random.Next(6) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"1.2.3"}]}"""),
            2 => """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""u8.ToArray(),
            _ => ReportBuilder.Report(1, ("core", "1.2.3"), ("rpm", "4.5")).ToByteArray(),
        };
        for (var edits = random.Next(4); edits > 0 && body.Length > 0; edits--)
        {
            var at = random.Next(body.Length);
            byte[] inserted = random.Next(3) == 0 ? [0x32, 0xff, 0xff, 0xff, 0xff, 0x07] : [(byte)random.Next(256)];
            body = [.. body[..at], .. inserted, .. body[Math.Min(body.Length, at + random.Next(3))..]];
        }

        return body;
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static async Task<int> SendAsync(Uri address, byte[] request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        while (await reader.ReadLineAsync() is { } line)
        {
            // 100 Continue goes before the answer.
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && !line.StartsWith("HTTP/1.1 1", StringComparison.Ordinal))
                return int.Parse(line.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        }

        return 0;
    }
}
