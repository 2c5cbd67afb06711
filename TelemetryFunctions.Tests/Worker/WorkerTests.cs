using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The published function app as the Functions host runs it: a process of its own that is spoken to over gRPC.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class WorkerTests(PublishedApp app, Azurite azurite) : IClassFixture<Azurite>
{
    private const string Settings = "AzureWebJobsStorage";

    /// <summary>What tells of the moment or of the server rather than of the answer.</summary>
    private static readonly string[] OfTheHost = ["Date", "Server", "Transfer-Encoding", "Content-Length"];

    [AzuriteFact]
    public async Task It_declares_every_function_as_its_attributes_do()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        Assert.Equal(AppFunctions.Names.Order(StringComparer.Ordinal), host.Functions.Select(function => function.Name).Order(StringComparer.Ordinal));
        foreach (var (name, declared) in AppFunctions.All)
        {
            var trigger = host.Functions.Single(function => function.Name == name).Trigger;
            if (declared is HttpTriggerAttribute http)
            {
                Assert.Equal((http.Route, http.AuthLevel.ToString()), (trigger.Route, trigger.AuthLevel));
                Assert.Equal(http.Methods, trigger.Methods);
            }
            else
            {
                Assert.Equal(((TimerTriggerAttribute)declared).Schedule, trigger.Schedule);
            }
        }
    }

    [AzuriteFact]
    public async Task Every_answer_is_that_of_the_standalone_host()
    {
        using var directory = new TemporaryDirectory();
        await using var worker = await StartAsync(azurite.NewAccount());
        using var standalone = await AppProcess.StartAsync(directory, (Settings, azurite.NewAccount()));
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = standalone.Client.BaseAddress };

        foreach (var (i, request) in Requests().Index())
        {
            var there = await SendAsync(worker.Client, request());
            var here = await SendAsync(plain, request());
            Assert.True(here == there, $"Request {i}, {request().Method} {request().RequestUri}, is answered by the standalone host\n{here}\nand by the worker\n{there}");
        }

        foreach (var timer in worker.Functions.Where(function => function.Trigger.Schedule is not null))
            Assert.Equal(new InvocationResult(InvocationStatus.Succeeded, null), await worker.InvokeTimerAsync(timer.Name));
    }

    [AzuriteFact]
    public async Task A_body_that_is_too_large_is_refused_by_the_app()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        using var response = await host.Client.PostAsync("/", new ByteArrayContent(new byte[30_000_001]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [AzuriteFact]
    public async Task It_ends_by_itself_when_told()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        Assert.Equal(0, await host.StopAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task A_storage_setting_that_can_not_be_used_is_one_line(string? setting)
    {
        var error = await Assert.ThrowsAsync<WorkerFailedException>(() => StartAsync(setting));

        Assert.Contains($"error: {Settings}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
    }

    private Task<FunctionsHost> StartAsync(string? storage) => app.StartAsync(storage, new KeyValuePair<string, string>("AZURE_FUNCTIONS_ENVIRONMENT", "Development"));

    /// <summary>Every route and method, in an order in which what comes first is seen by what comes later.</summary>
    private static IEnumerable<Func<HttpRequestMessage>> Requests()
    {
        var report = ReportBuilder.Report(1, ("core", "3.21.4"), ("rpm", "4.5"), ("a/..//b", "1.0")).ToByteArray();
        foreach (var path in (string[])["/", "/charts", "/charts/overview", "/packages", "/catalogue", "/assets/nothing", "/nothing", "/charts/nonsense", "/systems/1"])
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
        foreach (var path in (string[])["/charts", "/charts/active-systems", "/charts/active-systems?format=csv", "/charts/active-systems?from=nonsense", "/charts/components/core?by=xyz", "/charts/components/a/~../~/b", "/packages/vendor/package", "/packages/Not/valid!"])
            yield return () => new HttpRequestMessage(HttpMethod.Get, path);
        yield return () => new HttpRequestMessage(HttpMethod.Delete, $"/systems/{ReportBuilder.Id(1)}");
        yield return () => new HttpRequestMessage(HttpMethod.Delete, "/systems/nonsense");
        foreach (var path in (string[])["/", "/charts", "/charts/components/core", "/packages/", "/downloads", "/systems/1", "/health", "/assets/nothing", "/nothing/at/all", "/favicon.ico", "/robots.txt"])
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

    private static async Task<string> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !OfTheHost.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.OrdinalIgnoreCase);
        return string.Join('\n', [$"{(int)response.StatusCode}", .. headers, "", await response.Content.ReadAsStringAsync()]);
    }
}
