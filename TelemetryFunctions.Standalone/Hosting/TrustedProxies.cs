using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using TelemetryFunctions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>The proxies whose X-Forwarded-For, -Proto, -Host and -Prefix are believed.</summary>
internal static class TrustedProxies
{
    public const string Setting = "Standalone:TrustedProxies";

    /// <summary>Reads addresses and networks, separated by commas.</summary>
    /// <exception cref="StartupException">One of them is neither.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string? setting) =>
        [.. (setting ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(ParseOne)];

    public static void Use(IApplicationBuilder app, IReadOnlyList<IPNetwork> proxies)
    {
        // With an empty list ASP.NET would believe everybody.
        if (proxies.Count == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.All,
            // The chain is followed through trusted proxies to the first address that is not one.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork ParseOne(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw SettingsReader.Unusable(Setting, text, "addresses or networks, separated by commas, such as 10.0.0.1,172.16.0.0/12");
    }
}
