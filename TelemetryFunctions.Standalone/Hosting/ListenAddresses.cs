using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>
/// Looks at where to listen before Kestrel does: Kestrel takes a host that it can't make sense of, <c>localhost:80x</c> for one, for all
/// interfaces, so that a slip would put a site of one's own on the network.
/// </summary>
internal static class ListenAddresses
{
    private const string Urls = "urls";
    private const string Wanted = "addresses such as http://localhost:7071, or http://*:7071 to listen on every interface, separated by semicolons";

    private static readonly string[] PortLists = ["http_ports", "https_ports"];

    /// <exception cref="StartupException">An address is none that it could be meant to listen on.</exception>
    public static void Check(IConfiguration configuration)
    {
        CheckAll(NameOf(configuration, Urls), configuration[Urls], IsAddress, Wanted);
        foreach (var list in PortLists)
            CheckAll(NameOf(configuration, list), configuration[list], IsPort, "ports from 0 to 65535, separated by semicolons");
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            CheckAll($"Kestrel__Endpoints__{endpoint.Key}__Url", endpoint["Url"], IsAddress, "an address such as http://localhost:7071, or http://*:7071 to listen on every interface");
    }

    private static void CheckAll(string name, string? setting, Func<string, bool> isRight, string wanted)
    {
        var values = (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(values, value => !isRight(value)) is { } wrong)
            throw new StartupException($"{name} is \"{wrong}\"; it must be {wanted}.");
    }

    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme.ToLowerInvariant() is "http" or "https"
                && address.PathBase.Length == 0
                && (address.IsUnixPipe || address.IsNamedPipe || (address.Port is >= 0 and <= IPEndPoint.MaxPort && IsHost(address.Host)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsHost(string host) =>
        host is "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);

    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort;

    /// <summary>The name by which the one who set it knows it.</summary>
    private static string NameOf(IConfiguration configuration, string key)
    {
        var variable = "ASPNETCORE_" + key.ToUpperInvariant();
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text && text == configuration[key] ? variable : "--" + key;
    }
}
