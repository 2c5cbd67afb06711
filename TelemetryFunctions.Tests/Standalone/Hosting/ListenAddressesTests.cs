using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

/// <summary>Kestrel listens on every interface where it can't make sense of a host: such an address is refused.</summary>
public sealed class ListenAddressesTests
{
    private const string Wanted = "it must be addresses such as http://localhost:7071, or http://*:7071 to listen on every interface, separated by semicolons.";

    [Theory]
    [InlineData("http://localhost:80x")]
    [InlineData("http://localhost:")]
    [InlineData("http://localhost:-1")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://127.0.0.1.:7071")]
    [InlineData("http://localhots:7071")]
    [InlineData("http://telemetry.example.org")]
    [InlineData("http://127.0.0.1:0/path")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("localhost:7071")]
    [InlineData("7071")]
    [InlineData("nonsense")]
    public void What_is_no_address_of_this_machine_is_refused(string address)
    {
        Assert.Equal($"--urls is \"{address}\"; {Wanted}", Refusal(("urls", address)));
        Assert.Equal($"--urls is \"{address}\"; {Wanted}", Refusal(("urls", $"http://127.0.0.1:1; {address}")));
        Assert.StartsWith($"Kestrel__Endpoints__One__Url is \"{address}\";", Refusal(("Kestrel:Endpoints:One:Url", address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80x")]
    [InlineData("8080;65536")]
    [InlineData("-1")]
    public void What_is_no_port_is_refused(string ports) =>
        Assert.StartsWith($"--http_ports is \"{ports.Split(';')[^1]}\"; it must be ports", Refusal(("http_ports", ports)), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:7071")]
    [InlineData("HTTP://LOCALHOST:7071/")]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1:0;https://[::1]:443")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080;http://+:8081;http://[::]:8082")]
    [InlineData("http://unix:/run/telemetry.sock")]
    public void An_address_of_this_machine_is_not(string address) => Check(("urls", address));

    [Fact]
    public void Nothing_is_wrong_where_nothing_is_set() => Check(("http_ports", ""), ("https_ports", "443;8443"));

    private static string Refusal((string Key, string Value) setting) => Assert.Throws<StartupException>(() => Check(setting)).Message;

    private static void Check(params (string Key, string Value)[] settings) => ListenAddresses.Check(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
