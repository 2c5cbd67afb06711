using System.Net;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Installs;

/// <summary>Who installs. It is never stored as it is.</summary>
/// <param name="Address">Its address, null where the host knows none.</param>
/// <param name="UserAgent">Its user agent, or empty.</param>
public sealed record InstallClient(IPAddress? Address, string UserAgent)
{
    /// <summary>The header in which a relay tells its clients apart.</summary>
    public const string RelayHeader = "X-Relay-Client";

    /// <summary>Characters of what a relay calls a client.</summary>
    private const int MaxRelayed = 64;

    /// <summary>What a relay that is believed calls it, in place of an address; empty for who sends by itself.</summary>
    public string Relayed { get; init; } = "";

    /// <summary>Who sends a request, or whose request it is that a relay passes on.</summary>
    public static InstallClient Of(HttpRequest request, RelayKey relayKey)
    {
        var relayed = request.Headers[RelayHeader].ToString();
        return new InstallClient(request.HttpContext.Connection.RemoteIpAddress, request.Headers.UserAgent.ToString())
        {
            Relayed = relayed.Length <= MaxRelayed && relayKey.IsOf(request) ? relayed : "",
        };
    }
}
