using System.Globalization;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions;

/// <summary>
/// What the command line asks for beside settings. It is taken out before the rest is read as settings, which would take what
/// stands behind <c>--demo</c> for its value.
/// </summary>
/// <param name="Settings">The other arguments.</param>
/// <param name="DemoDays"><c>--demo</c> or <c>--demo=DAYS</c>: fill an empty store with so many days of synthetic reports; else null.</param>
/// <param name="RebuildsCharts"><c>--rebuild-charts</c>: make the chart documents again, and end.</param>
internal sealed record CommandLine(string[] Settings, int? DemoDays, bool RebuildsCharts)
{
    private const string Demo = "--demo";
    private const string RebuildCharts = "--rebuild-charts";
    private const int DefaultDemoDays = 365;

    /// <exception cref="StartupException">The number of days is none.</exception>
    public static CommandLine Parse(string[] args) => new(
        [.. args.Where(arg => !IsDemo(arg) && arg != RebuildCharts)],
        args.FirstOrDefault(IsDemo) is { } demo ? ReadDays(demo) : null,
        args.Contains(RebuildCharts));

    private static bool IsDemo(string arg) => arg == Demo || arg.StartsWith(Demo + "=", StringComparison.Ordinal);

    private static int ReadDays(string demo)
    {
        if (demo == Demo)
            return DefaultDemoDays;

        var text = demo[(Demo.Length + 1)..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650
            ? days
            : throw SettingsReader.Unusable(Demo, text, "a number of days from 1 to 3650");
    }
}
