using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>Requests to every route, whose answers must not depend on the host.</summary>
internal static class AppRequests
{
    private const string OperationsKey = "a-key-for-maintainers";

    // An id that is made of a key.
    private const string SystemId = "7771a0ce-c127-8f8c-a878-a66c694f3344";
    private const string SystemKey = "correct-horse-battery-staple-0123456789";

    /// <summary>What both hosts are to be started with.</summary>
    public static readonly IReadOnlyList<(string Name, string Value)> Settings = [("Telemetry__OperationsKey", OperationsKey)];

    /// <summary>What tells of the moment or of the server rather than of the answer.</summary>
    private static readonly string[] OfTheHost = ["Date", "Server", "Transfer-Encoding", "Content-Length"];

    /// <summary>Sends them all to both, one after the other: what comes first is seen by what comes later.</summary>
    public static async Task AssertSameAsync(string name, HttpClient hostClient, HttpClient standaloneClient)
    {
        using var host = Plain(hostClient);
        using var standalone = Plain(standaloneClient);
        foreach (var (i, request) in All().Index())
        {
            var there = await SendAsync(host, request());
            var here = await SendAsync(standalone, request());
            Assert.True(here == there, $"Request {i}, {request().Method} {request().RequestUri}, is answered by the standalone host\n{here}\nand by {name}\n{there}");
        }
    }

    private static IEnumerable<Func<HttpRequestMessage>> All()
    {
        var report = ReportBuilder.Report(1, ("core", "3.21.4"), ("rpm", "4.5"), ("a/..//b", "1.0")).ToByteArray();
        foreach (var path in (string[])["/", "/charts", "/charts/overview", "/packages", "/catalogue", "/assets/nothing", "/nothing", "/charts/nonsense", "/systems/1", "/openapi.json", "/embed/workers", "/embed/nothing", "/metrics", "/feed.atom", "/export.zip", "/preview.png"])
        {
            yield return () => new HttpRequestMessage(HttpMethod.Get, path);
            yield return () => new HttpRequestMessage(HttpMethod.Head, path);
        }

        yield return () => Post("/", "application/x-protobuf", report);
        yield return () => Post("/", "application/json", Encoding.UTF8.GetBytes($$"""{"system_id":"{{ReportBuilder.Id(2)}}","components":[{"name":"core","version":"3.21.4"}]}"""));
        yield return () => Post("/", "application/x-protobuf", Gzip(report), "gzip");
        yield return () => Post("/", "application/x-protobuf", Gzip(report)[..^3], "gzip");
        yield return () => Post("/", "application/x-protobuf", report, "br");
        yield return () => Post("/", "application/x-protobuf", report[..^1]);
        yield return () => Post("/", "application/json", "{}"u8.ToArray());
        yield return () => Post("/", "application/json", []);
        yield return () => Post("/", "text/plain", "x"u8.ToArray());
        yield return () => Post("/downloads", "application/json", """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""u8.ToArray());
        yield return () => Post("/downloads", "application/json", "nonsense"u8.ToArray());
        yield return () => new HttpRequestMessage(HttpMethod.Put, "/");
        foreach (var path in (string[])["/charts", "/charts/active-systems", "/charts/active-systems?format=csv", "/charts/active-systems?from=nonsense", "/charts/components/core?format=svg&theme=dark", "/charts/workers?format=svg&width=1", "/badges/active-systems.svg", "/badges/components/nothing.svg", "/badges/nothing", "/charts/workers?format=badge", "/charts/components/core?by=xyz", "/charts/components/a/~../~/b", "/packages/vendor/package", "/packages/Not/valid!", "/packages/", "/catalogue/?x=1", "/packages/Not/valid!/"])
            yield return () => new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var path in (string[])["/adoption", "/adoption/active-systems", "/adoption/components/core", "/adoption/components/core/?by=xyz", "/adoption/components/core?format=csv"])
            yield return () => new HttpRequestMessage(HttpMethod.Get, path);
        yield return () => new HttpRequestMessage(HttpMethod.Get, $"/systems/{ReportBuilder.Id(3)}");
        yield return () => new HttpRequestMessage(HttpMethod.Head, $"/systems/{ReportBuilder.Id(3)}");
        foreach (var form in (string[])[$"id={ReportBuilder.Id(3)}&do=show", $"id={ReportBuilder.Id(1)}&do=forget", $"id={ReportBuilder.Id(1)}&do=nothing", "do=show", new string('x', 2_000)])
            yield return () => Post("/systems", "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(form));
        yield return () => Post("/systems", "application/json", "{}"u8.ToArray());
        foreach (var path in (string[])["/operations?code=wrong", "/operations/nonsense?code=wrong"])
            yield return () => new HttpRequestMessage(HttpMethod.Options, path);
        foreach (var (path, accept) in new[]
        {
            ("/operations", "text/html"), ("/operations", "application/json"), ("/operations/", "text/html"), ("/operations/tasks", "*/*"), ($"/operations?code={OperationsKey}", "text/html"),
            ($"/operations?code={OperationsKey}", "*/*"), ($"/operations/api?step=day&code={OperationsKey}", "*/*"), ($"/operations/nothing?code={OperationsKey}", "*/*"), ("/operations?code=wrong", "text/html"),
        })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                yield return () => new HttpRequestMessage(method, path) { Headers = { { "Accept", accept } } };
        }

        foreach (var form in (string[])["key=", "do=leave", "nonsense", new string('x', 2_000)])
            yield return () => Post("/operations", "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(form));
        yield return () => new HttpRequestMessage(HttpMethod.Delete, $"/systems/{ReportBuilder.Id(1)}");
        yield return () => new HttpRequestMessage(HttpMethod.Delete, "/systems/nonsense");
        foreach (var key in (string[])["", "wrong", SystemKey])
        {
            yield return () => WithKey(Post("/", "application/json", Encoding.UTF8.GetBytes($$"""{"system_id":"{{SystemId}}"}""")), key);
            yield return () => WithKey(new HttpRequestMessage(HttpMethod.Delete, $"/systems/{SystemId}"), key);
        }

        // Days that are long over, are none, and are no text of one.
        foreach (var day in (string[])["2026-02-28", "2026-02-29", "tomorrow"])
            yield return () => WithDay(WithKey(Post("/", "application/json", Encoding.UTF8.GetBytes($$"""{"system_id":"{{SystemId}}"}""")), SystemKey), day);

        foreach (var path in (string[])["/", "/charts", "/charts/components/core", "/badges/workers.svg", "/packages/", "/downloads", "/systems", "/systems/1", "/health", "/assets/nothing", "/nothing/at/all", "/favicon.ico", "/robots.txt"])
        {
            foreach (var method in (string[])["PATCH", "DELETE", "OPTIONS", "FOO"])
                yield return () => new HttpRequestMessage(new HttpMethod(method), path);
        }

        yield return () => new HttpRequestMessage(HttpMethod.Get, "/robots.txt");
        yield return () => new HttpRequestMessage(HttpMethod.Get, "/favicon.ico");
        yield return () => Post("/charts", "application/json", """{"path":"/","id":"active-systems"}"""u8.ToArray());
        yield return () => Post("/?path=charts", "application/json", """{"path":"charts"}"""u8.ToArray());
        yield return () => new HttpRequestMessage(HttpMethod.Patch, "/?path=charts");
        yield return () => new HttpRequestMessage(HttpMethod.Get, "/charts?id=active-systems");
    }

    private static HttpRequestMessage WithKey(HttpRequestMessage request, string key)
    {
        request.Headers.Add("X-System-Key", key);
        return request;
    }

    private static HttpRequestMessage WithDay(HttpRequestMessage request, string day)
    {
        request.Headers.Add("X-Report-Day", day);
        return request;
    }

    private static HttpRequestMessage Post(string path, string type, byte[] body, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static byte[] Gzip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(body);
        return zipped.ToArray();
    }

    /// <summary>A value without what a cookie tells of the moment.</summary>
    private static string Lasting(string value) =>
        string.Join("; ", value.Split("; ").Where(part => !part.StartsWith("operations=", StringComparison.Ordinal) && !part.StartsWith("expires=", StringComparison.Ordinal)));

    private static HttpClient Plain(HttpClient client) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = client.BaseAddress };

    private static async Task<string> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        // What is absolute in an answer is at the address that the client asked for.
        request.Headers.Host = "telemetry.example.org";
        using var response = await client.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !OfTheHost.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value.Select(Lasting))}")
            .Order(StringComparer.OrdinalIgnoreCase);
        return string.Join('\n', [$"{(int)response.StatusCode}", .. headers, "", await response.Content.ReadAsStringAsync()]);
    }
}
