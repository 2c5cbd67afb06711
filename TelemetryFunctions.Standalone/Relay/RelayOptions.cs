using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>What a relay is told at its start.</summary>
/// <param name="To">The address of the service, which ends in a slash.</param>
/// <param name="Key">The key by which the service believes this relay; empty for none.</param>
/// <param name="KeptDays">Days for which an item waits to be sent: as long as the service keeps raw data.</param>
/// <param name="MostBytes">Bytes that all items may take on disk; beyond that no more are taken in.</param>
internal sealed record RelayOptions(Uri To, string Key, int KeptDays, long MostBytes)
{
    /// <summary>The setting of <see cref="MostBytes"/>, in millions.</summary>
    public const string MegabytesSetting = "Telemetry__RelayMegabytes";

    private const string MegabytesKey = "Telemetry:RelayMegabytes";

    // What 10,000 systems report in 60 days, of 3 KB each.
    private const int DefaultMegabytes = 2_000;
    private const int MostMegabytes = 1_000_000;
    private const long Megabyte = 1_000_000;

    /// <summary>Days for which one can look at what was sent.</summary>
    public const int SentDays = 7;

    private const string Wanted = "the address of the service, such as https://telemetry.example.org/";

    /// <summary>The options of a relay.</summary>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static RelayOptions Read(Uri to, IConfiguration configuration) => new(
        to,
        configuration.ReadSecret(RelayKey.Setting) ?? "",
        ReportOptions.Read(configuration).RawRetentionDays,
        configuration.ReadNumber(MegabytesKey, DefaultMegabytes, 1, MostMegabytes) * Megabyte);

    /// <summary>The address of a service.</summary>
    /// <exception cref="StartupException">It is none, or not safe for keys.</exception>
    public static Uri ReadAddress(string option, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Query: "", Fragment: "", UserInfo: "" } || address.Scheme is not ("http" or "https"))
            throw new StartupException($"{option} is \"{text}\"; it must be {Wanted}.");
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new StartupException($"{option} is \"{text}\"; it must be https, because keys are sent there, or an address of this machine.");
        return new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }
}
