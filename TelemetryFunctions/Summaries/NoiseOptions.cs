using System.Globalization;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Summaries;

/// <summary>How much noise small counts are published with.</summary>
/// <param name="Epsilon">The privacy that one system loses by one count of one window: e to its power is how much likelier a published number is with the system than without.</param>
/// <param name="Below">Counts below it have noise.</param>
public sealed record NoiseOptions(double Epsilon, int Below)
{
    private const string EpsilonSetting = "Telemetry:Privacy:Epsilon";
    private const string BelowSetting = "Telemetry:Privacy:NoiseBelow";

    private const int DefaultBelow = 20;

    // Below, noise is in the hundreds; above, there is none in 999 of 1,000 counts.
    private const double LeastEpsilon = 0.01;
    private const double MostEpsilon = 7;

    /// <returns>Null where counts have no noise.</returns>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static NoiseOptions? Read(IConfiguration configuration)
    {
        var below = configuration.ReadNumber(BelowSetting, DefaultBelow, 2, 1_000_000);
        if (configuration[EpsilonSetting] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return string.IsNullOrWhiteSpace(configuration[BelowSetting])
                ? null
                : throw new StartupException("Telemetry__Privacy__NoiseBelow is set, but there is no noise without Telemetry__Privacy__Epsilon; set both, or neither.");
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var epsilon) && epsilon is >= LeastEpsilon and <= MostEpsilon
            ? new NoiseOptions(epsilon, below)
            : throw SettingsReader.Unusable(EpsilonSetting, text, string.Create(CultureInfo.InvariantCulture, $"a number from {LeastEpsilon} to {MostEpsilon}, such as 1"));
    }
}
