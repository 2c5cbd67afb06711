using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Http;

/// <summary>The key by which a relay is believed what it says of those whose data it passes on.</summary>
/// <param name="Key">It; where it is not set, no relay is believed.</param>
public sealed record RelayKey(AccessKey Key)
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Relay-Key";

    /// <summary>The setting, on both ends.</summary>
    public const string Setting = "Telemetry:RelayKey";

    /// <exception cref="StartupException">The key is too short, or none; it is not repeated.</exception>
    public static RelayKey Read(IConfiguration configuration) => new(new AccessKey(configuration.ReadSecret(Setting)));

    /// <summary>True where a request comes from a relay that is believed.</summary>
    public bool IsOf(HttpRequest request) => request.Headers.TryGetValue(Header, out var given) && Key.IsOpenedBy(given.ToString());
}
