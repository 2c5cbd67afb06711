using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class HostFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"host-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Custom_headers_are_on_every_answer_and_never_replace_the_apps_own()
    {
        await using var host = await StartAsync(
            """{ "extensions": { "http": { "routePrefix": "", "customHeaders": { "X-Custom": "host" } } } }""");

        Assert.Equal(["own"], (await Headers("/own", HttpStatusCode.NoContent)).GetValues("X-Custom"));
        Assert.Equal(["host"], (await Headers("/keyed", HttpStatusCode.Unauthorized)).GetValues("X-Custom"));
        Assert.Equal(["host"], (await Headers("/unknown", HttpStatusCode.NotFound)).GetValues("X-Custom"));
        Assert.Equal(["host"], (await Headers("/fail", HttpStatusCode.InternalServerError)).GetValues("X-Custom"));

        async Task<HttpResponseHeaders> Headers(string path, HttpStatusCode expected)
        {
            using var response = await host.SendAsync("GET", path);
            Assert.Equal(expected, response.StatusCode);
            return response.Headers;
        }
    }

    [Theory]
    [InlineData("{}", "/api/own")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "/v1/x/" } } } // comments are allowed""", "/v1/x/own")]
    public async Task Routes_begin_with_the_prefix(string json, string path)
    {
        await using var host = await StartAsync(json);

        using var prefixed = await host.SendAsync("GET", path);
        using var bare = await host.SendAsync("GET", "/own");

        Assert.Equal(HttpStatusCode.NoContent, prefixed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, bare.StatusCode);
    }

    [Theory]
    [InlineData("https", "telemetry.example", true)]
    [InlineData("http", "telemetry.example", false)]
    [InlineData("https", "localhost", false)]
    [InlineData("https", "127.0.0.1", false)]
    [InlineData("https", "[::1]", false)]
    public async Task Strict_transport_security_is_for_https_on_hosts_that_are_not_loopback(
        string scheme, string hostName, bool expected)
    {
        await using var host = await StartAsync(
            """{ "extensions": { "http": { "hsts": { "isEnabled": true, "maxAge": "365.00:00:00" } } } }""",
            "Standalone:TrustedProxies=127.0.0.1");

        using var response = await host.SendAsync(
            "GET",
            "/api/fail",
            ("X-Forwarded-For", "192.0.2.1"),
            ("X-Forwarded-Proto", scheme),
            ("X-Forwarded-Host", hostName));

        Assert.Equal(expected, response.Headers.TryGetValues("Strict-Transport-Security", out var values));
        if (expected)
            Assert.Equal(["max-age=31536000"], values);
    }

    [Theory]
    [InlineData("{ \"extensions\": ", "host-")]
    [InlineData("[]", "host-")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": { "a": 1 } } } }""", "routePrefix")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "{" } } }""", "{")]
    [InlineData("""{ "extensions": { "http": { "customHeaders": { "X Y": "1" } } } }""", "X Y")]
    [InlineData("""{ "extensions": { "http": { "customHeaders": { "X": "a\r\nb" } } } }""", "customHeaders")]
    [InlineData("""{ "extensions": { "http": { "hsts": { "isEnabled": "yes" } } } }""", "isEnabled")]
    [InlineData("""{ "extensions": { "http": { "hsts": { "isEnabled": true, "maxAge": "a year" } } } }""", "a year")]
    public void A_broken_file_is_one_line(string json, string hint)
    {
        var error = Assert.Throws<HostAbortedException>(() => Build(json));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_missing_file_is_one_line()
    {
        var error = Assert.Throws<HostAbortedException>(() => TestHost.CreateBuilder().BuildHost([], _path));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    private async Task<TestHost> StartAsync(string json, params string[] settings)
    {
        var host = Build(json, settings);
        await host.StartAsync();
        return new TestHost(host);
    }

    private WebApplication Build(string json, params string[] settings)
    {
        File.WriteAllText(_path, json);
        return TestHost.CreateBuilder(settings).BuildHost([typeof(HeaderFunctions), typeof(KeyedFunctions), typeof(FailingFunctions)], _path);
    }
}
