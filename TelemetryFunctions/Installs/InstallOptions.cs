using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Installs;

/// <summary>Settings of the installs.</summary>
/// <param name="DedupeWindow">The length of a bucket, in which a repeat counts once; it divides a day.</param>
/// <param name="Vendors">The vendors whose packages are counted, in lower case; empty counts all.</param>
/// <param name="MinimumLabelInstalls">A platform or version of PHP with fewer installs is folded into <c>other</c>.</param>
public sealed record InstallOptions(TimeSpan DedupeWindow, FrozenSet<string> Vendors, int MinimumLabelInstalls)
{
    private const string DedupeKey = "Telemetry:InstallDedupeSeconds";
    private const string VendorsKey = "Telemetry:InstallVendors";
    private const int SecondsADay = 86_400;
    private const int SecondsAnHour = 3_600;

    /// <summary>
    /// The unit of roll-up: an hour, or, where buckets don't fit into hours, the shortest span of whole buckets above it that
    /// divides a day.
    /// </summary>
    public TimeSpan RollupWindow { get; } = TimeSpan.FromSeconds(
        Enumerable.Range(1, SecondsADay)
            .Select(buckets => buckets * (long)DedupeWindow.TotalSeconds)
            .First(seconds => seconds >= SecondsAnHour && SecondsADay % seconds == 0));

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static InstallOptions Read(IConfiguration configuration)
    {
        var seconds = configuration.ReadNumber(DedupeKey, SecondsAnHour, 1, SecondsADay);
        if (SecondsADay % seconds != 0)
            throw SettingsReader.Unusable(DedupeKey, seconds.ToString(CultureInfo.InvariantCulture), "a number of seconds that divides a day, such as 3600");

        var vendors = (configuration[VendorsKey] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var names = vendors.Select(vendor => PackageName.ReadVendor(vendor)
            ?? throw SettingsReader.Unusable(VendorsKey, vendor, "vendor names such as wp-plugin, separated by commas"));
        return new InstallOptions(TimeSpan.FromSeconds(seconds), names.ToFrozenSet(StringComparer.Ordinal), configuration.ReadLabelMinimum());
    }

    /// <summary>True for a package, by its <see cref="PackageName"/>, that is counted here.</summary>
    public bool Wants(string package) => Vendors.Count == 0 || Vendors.Contains(PackageName.VendorOf(package));
}
