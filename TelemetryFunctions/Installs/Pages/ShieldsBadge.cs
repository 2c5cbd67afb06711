using System.Globalization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A badge in the endpoint format of shields.io.</summary>
/// <remarks>Source: https://shields.io/badges/endpoint-badge</remarks>
internal sealed record ShieldsBadge(int SchemaVersion, string Label, string Message, string Color)
{
    private const long Thousand = 1_000;
    private const long Million = 1_000_000;
    private const long Billion = 1_000_000_000;

    public static ShieldsBadge Of(long last30Days) => new(1, "installs", Short(last30Days) + "/month", "blue");

    /// <summary>A number as badges have it, never rounded up: 999, 1.2k, 12k, 3M.</summary>
    public static string Short(long number) => number switch
    {
        < Thousand => number.ToString(CultureInfo.InvariantCulture),
        < Million => Short(number, Thousand) + "k",
        < Billion => Short(number, Million) + "M",
        _ => Short(number, Billion) + "B",
    };

    private static string Short(long number, long unit)
    {
        var tenths = number / (unit / 10);
        var text = tenths >= 100 || tenths % 10 == 0 ? $"{tenths / 10}" : $"{tenths / 10}.{tenths % 10}";
        return text;
    }
}
