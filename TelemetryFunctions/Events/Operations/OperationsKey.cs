using System.Globalization;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>The key that opens <c>/operations</c>.</summary>
/// <param name="Key">It; where it is not set, nothing opens them.</param>
public sealed record OperationsKey(AccessKey Key)
{
    private const string Setting = "Telemetry:OperationsKey";

    // What an app of Azure reads where the secret that a setting refers to can't be read: an address is no secret.
    private const string Unresolved = "@Microsoft.KeyVault(";

    // Anybody may try keys, so one that can be guessed is none.
    private const int LeastCharacters = 16;

    /// <param name="configuration">The settings.</param>
    /// <param name="other">What opens them where they have no key of their own.</param>
    /// <exception cref="StartupException">The key is too short, or none; it is not repeated.</exception>
    public static OperationsKey Read(IConfiguration configuration, string? other = null)
    {
        var key = configuration[Setting];
        if (string.IsNullOrEmpty(key))
            return new OperationsKey(new AccessKey(other));
        if (key.StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase))
            throw new StartupException("Telemetry__OperationsKey refers to a secret that can't be read; give the app's identity the role Key Vault Secrets User there.");
        return key.Length >= LeastCharacters ? new OperationsKey(new AccessKey(key)) : throw new StartupException(string.Create(
            CultureInfo.InvariantCulture,
            $"Telemetry__OperationsKey has {key.Length} characters; it must have at least {LeastCharacters}, such as \"openssl rand -hex 24\" makes."));
    }
}
