using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class TrustedProxiesTests
{
    /// <summary>ASP.NET's own switch, which must not open what the setting keeps shut.</summary>
    private const string TrustEverybody = "ForwardedHeaders_Enabled=true";

    [Theory]
    [InlineData("", "127.0.0.1 http 127.0.0.1")]
    [InlineData("10.0.0.0/8", "127.0.0.1 http 127.0.0.1")]
    [InlineData("127.0.0.1", "192.0.2.7 https telemetry.example/prefix")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8, ::1", "192.0.2.7 https telemetry.example/prefix")]
    public async Task Forwarded_headers_count_only_from_trusted_proxies(string setting, string expected)
    {
        await using var host = await TestHost.StartAsync(
            TestHost.CreateBuilder("Standalone:TrustedProxies=" + setting, TrustEverybody), typeof(ConnectionFunctions));

        using var response = await host.SendAsync(
            "GET",
            "/connection",
            ("X-Forwarded-For", "192.0.2.7"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "telemetry.example"),
            ("X-Forwarded-Prefix", "/prefix"));

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_client_forges_before_the_proxy_is_not_believed()
    {
        await using var host = await TestHost.StartAsync(
            TestHost.CreateBuilder("Standalone:TrustedProxies=127.0.0.1,10.0.0.0/8"), typeof(ConnectionFunctions));

        using var response = await host.SendAsync(
            "GET", "/connection", ("X-Forwarded-For", "203.0.113.9, 192.0.2.7, 10.1.2.3"));

        Assert.StartsWith("192.0.2.7 ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8 127.0.0.1")]
    public void A_setting_that_can_not_be_read_is_refused(string setting)
    {
        var builder = TestHost.CreateBuilder("Standalone:TrustedProxies=" + setting);

        var error = Assert.Throws<StartupException>(() => builder.BuildHost([]));

        Assert.StartsWith("Standalone__TrustedProxies is \"", error.Message, StringComparison.Ordinal);
    }
}
