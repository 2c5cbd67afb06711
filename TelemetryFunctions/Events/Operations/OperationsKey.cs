using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>The key that opens <c>/operations</c>.</summary>
/// <param name="Key">It; where it is not set, nothing opens them.</param>
public sealed record OperationsKey(AccessKey Key)
{
    private const string Setting = "Telemetry:OperationsKey";

    /// <param name="configuration">The settings.</param>
    /// <param name="other">What opens them where they have no key of their own.</param>
    /// <exception cref="StartupException">The key is too short, or none; it is not repeated.</exception>
    public static OperationsKey Read(IConfiguration configuration, string? other = null) => new(new AccessKey(configuration.ReadSecret(Setting) ?? other));
}
