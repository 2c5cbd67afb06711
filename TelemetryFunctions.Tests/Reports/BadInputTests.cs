using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>What is no report gets a 4xx that says what to mend, and the service goes on.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";

    private static readonly string Id = ReportBuilder.Id(1);

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public static TheoryData<string, int, string, byte[], string?> Bodies => new()
    {
        { "an empty body", 400, Protobuf, [], null },
        { "an empty JSON body", 400, Json, [], null },
        { "garbage", 400, Protobuf, [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 37 + 11))], null },
        { "garbage as JSON", 400, Json, Text("hello, world"), null },
        { "a JSON array", 400, Json, Text("[]"), null },
        { "a JSON null", 400, Json, Text("null"), null },
        { "truncated protobuf", 400, Protobuf, ReportBuilder.Report(1, ("core", "3.21.4")).ToByteArray()[..^3], null },
        { "a message in it that says it has 2^31-1 bytes", 400, Protobuf, [.. ReportBuilder.Report(1).ToByteArray(), 0x32, 0xff, 0xff, 0xff, 0xff, 0x07], null },
        { "truncated JSON", 400, Json, Text("{\"system_id\":\"" + Id), null },
        { "a wrong type in JSON", 400, Json, Text($$"""{"system_id":"{{Id}}","components":"core"}"""), null },
        { "a number for a text in JSON", 400, Json, Text("""{"system_id":12}"""), null },
        { "a negative count in JSON", 400, Json, Text($$"""{"system_id":"{{Id}}","online_workers":{"processes":-1} }"""), null },
        { "JSON that is not UTF-8", 400, Json, [.. Text("{\"system_id\":\""), 0xff, 0xfe, .. Text("\"}")], null },
        { "no system id", 400, Json, Text("{}"), null },
        { "a malformed system id", 400, Json, Text("""{"system_id":"not-a-uuid"}"""), null },
        { "32 characters that are not hex", 400, Json, Text($$"""{"system_id":"{{new string('g', 32)}}"}"""), null },
        { "an id in braces", 400, Json, Text("""{"system_id":"{01234567-89ab-cdef-0123-456789abcdef}"}"""), null },
        { "a body over 64 KiB", 413, Protobuf, new byte[64 * 1024 + 1], null },
        { "a gzip bomb", 413, Json, Gzip(new byte[50_000_000]), "gzip" },
        { "broken gzip", 400, Json, [.. Gzip(Text("{}"))[..12], 1, 2, 3, 4], "gzip" },
        { "truncated gzip", 400, Json, Gzip(Text($$"""{"system_id":"{{Id}}"}"""))[..^12], "gzip" },
        { "gzip with something behind it", 400, Json, [.. Gzip(Text($$"""{"system_id":"{{Id}}"}""")), 0], "gzip" },
        { "what is not gzip at all", 400, Json, Text("{}"), "gzip" },
        { "gzip of nothing", 400, Json, Gzip([]), "gzip" },
        { "another encoding", 415, Json, Text("{}"), "br" },
        { "gzip twice", 415, Json, Gzip(Gzip(Text("{}"))), "gzip, gzip" },
        { "a form", 415, "application/x-www-form-urlencoded", Text("a=b"), null },
        { "text", 415, "text/plain", Text("{}"), null },
        { "JSON in another charset", 415, "application/json; charset=utf-16", Text("{}"), null },
        { "a media type that is none", 415, "???", Text("{}"), null },
        { "JSON nested 10,000 deep", 400, Json, Text("{\"components\":" + new string('[', 10_000)), null },
        { "JSON nested 10,000 deep in an unknown field", 400, Json, Text("{\"x\":" + string.Concat(Enumerable.Repeat("{\"x\":", 10_000))), null },
        { "65 components", 400, Protobuf, Report(65, "core", "1.0"), null },
        { "20,000 components", 413, Protobuf, Report(20_000, "core", "1.0"), null },
    };

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(_directory);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_a_reason(string what, int status, string type, byte[] body, string? encoding)
    {
        foreach (var isChunked in new[] { false, true })
        {
            var response = await PostAsync(body, type, encoding, isChunked);

            Assert.True((int)response.StatusCode == status, $"{what} got {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
            Assert.True(problem.RootElement.GetProperty("detail").GetString()!.Length > 20, what);
        }

        Assert.Empty(await StoredAsync());
        Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync($$"""{"system_id":"{{Id}}"}""")).StatusCode);
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_taken()
    {
        var json = $$"""{"system_id":"{{Id}}","note":"{{new string('n', ReportLimits.MaxBytes - Id.Length - 26)}}"}""";
        Assert.Equal(ReportLimits.MaxBytes, Encoding.UTF8.GetByteCount(json));

        Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync(json)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Gzip(Text(json)), Json, "gzip", isChunked: true)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(Gzip(Text(json + " ")), Json, "gzip", isChunked: true)).StatusCode);
    }

    [Fact]
    public async Task An_interrupted_upload_stores_nothing_and_the_service_goes_on()
    {
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, _site.Client.BaseAddress!.Port);
            await socket.GetStream().WriteAsync(Text($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"system_id\""));
        }

        Assert.Empty(await StoredAsync());
        Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync($$"""{"system_id":"{{Id}}"}""")).StatusCode);
    }

    [Theory]
    [InlineData("DELETE", "/systems/nonsense", 400)]
    [InlineData("GET", "/systems/nonsense", 400)]
    [InlineData("GET", "/systems/3fa85f64-5717-4562-b3fc-2c963f66afa6", 404)]
    [InlineData("POST", "/systems", 415)]
    [InlineData("GET", "/charts/nonsense", 404)]
    [InlineData("GET", "/charts/components/nonsense", 404)]
    [InlineData("GET", "/charts/components", 404)]
    [InlineData("GET", "/charts/components/", 404)]
    [InlineData("GET", "/charts/components//", 404)]
    [InlineData("GET", "/charts//overview", 404)]
    [InlineData("GET", "/charts/active-systems/x", 404)]
    [InlineData("GET", "/charts/active-systems?by=xy", 400)]
    [InlineData("GET", "/charts/workers?by=nonsense", 400)]
    [InlineData("GET", "/charts/active-systems?from=yesterday", 400)]
    [InlineData("GET", "/charts/active-systems?from=2026-11-02&to=2026-11-01", 400)]
    [InlineData("GET", "/charts/active-systems?format=xml", 400)]
    public async Task A_bad_address_is_refused_with_a_reason(string method, string path, int status)
    {
        var response = await _site.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    public async Task A_charset_that_means_utf_8_is_taken(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Text($$"""{"system_id":"{{Id}}"}"""), type, null)).StatusCode);

    [Fact]
    public async Task Gzip_that_is_cut_anywhere_is_refused()
    {
        var report = ReportBuilder.Report(1, [.. Enumerable.Range(0, 40).Select(i => ($"component-{i}", $"{i}.{i * 7919 % 101}.{i * 104729 % 97}"))]);
        foreach (var zipped in new[] { Gzip(report.ToByteArray()), Gzip(report.ToByteArray(), CompressionLevel.NoCompression) })
        {
            for (var length = 1; length < zipped.Length; length++)
                Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(zipped[..length], Protobuf, "gzip")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(zipped, Protobuf, "gzip")).StatusCode);
        }
    }

    [Theory]
    [InlineData(65, "n")]
    [InlineData(500, "n")]
    [InlineData(64, "漢")]
    [InlineData(7000, "n")]
    public async Task A_name_that_no_chart_can_have_is_not_found(int length, string character)
    {
        foreach (var query in new[] { "", "?by=xyz", "?format=csv" })
        {
            var path = "/charts/components/" + Uri.EscapeDataString(string.Concat(Enumerable.Repeat(character, length)));
            Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(path + query)).StatusCode);
        }
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Report(int components, string name, string version)
    {
        var report = ReportBuilder.Report(1, [.. Enumerable.Range(0, components).Select(i => (i == 0 ? name : name + i.ToString(CultureInfo.InvariantCulture), version))]);
        return report.ToByteArray();
    }

    private static byte[] Gzip(byte[] body, CompressionLevel level = CompressionLevel.Optimal)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, level))
            gzip.Write(body);
        return zipped.ToArray();
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string type, string? encoding, bool isChunked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Headers.TransferEncodingChunked = isChunked;
        return _site.Client.SendAsync(request);
    }

    private async Task<List<string>> StoredAsync() =>
        await _site.Store.ScanAsync(ReportStore.Table, TelemetryFunctions.Storage.KeyRange.All).Select(row => row.Key).ToListAsync();
}
