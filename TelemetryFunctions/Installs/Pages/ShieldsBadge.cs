using System.Globalization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the number of a badge is of.</summary>
internal enum BadgePeriod
{
    /// <summary>The last 30 days.</summary>
    Month,

    /// <summary>The last 7 days.</summary>
    Week,

    /// <summary>All time.</summary>
    Total,
}

/// <summary>A badge in the endpoint format of shields.io.</summary>
/// <remarks>Source: https://shields.io/badges/endpoint-badge</remarks>
internal sealed record ShieldsBadge(int SchemaVersion, string Label, string Message, string Color)
{
    private const long Thousand = 1_000;
    private const long Million = 1_000_000;
    private const long Billion = 1_000_000_000;

    /// <param name="installs">Installs of the period.</param>
    /// <param name="period">The period.</param>
    public static ShieldsBadge Of(long installs, BadgePeriod period) => new(1, "installs", Short(installs) + UnitOf(period), "blue");

    /// <summary>The period that a query names; null where it names none that there is.</summary>
    public static BadgePeriod? ReadPeriod(string text) => text switch
    {
        "" or "month" => BadgePeriod.Month,
        "week" => BadgePeriod.Week,
        "total" => BadgePeriod.Total,
        _ => null,
    };

    /// <summary>A number as badges have it, never rounded up: 999, 1.2k, 12k, 3M.</summary>
    public static string Short(long number) => number switch
    {
        < Thousand => number.ToString(CultureInfo.InvariantCulture),
        < Million => Short(number, Thousand) + "k",
        < Billion => Short(number, Million) + "M",
        _ => Short(number, Billion) + "B",
    };

    private static string UnitOf(BadgePeriod period) => period switch
    {
        BadgePeriod.Month => "/month",
        BadgePeriod.Week => "/week",
        _ => "",
    };

    private static string Short(long number, long unit)
    {
        var tenths = number / (unit / 10);
        var text = tenths >= 100 || tenths % 10 == 0 ? $"{tenths / 10}" : $"{tenths / 10}.{tenths % 10}";
        return text;
    }
}
