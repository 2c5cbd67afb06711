using TelemetryFunctions.Charts.Badges;

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

/// <summary>The badge of a package.</summary>
internal static class InstallBadge
{
    /// <param name="installs">Installs of the period.</param>
    /// <param name="period">The period.</param>
    public static Badge Of(long installs, BadgePeriod period) => Badge.Of("installs", Badge.Short(installs) + UnitOf(period));

    /// <summary>The period that a query names; null where it names none that there is.</summary>
    public static BadgePeriod? ReadPeriod(string text) => text switch
    {
        "" or "month" => BadgePeriod.Month,
        "week" => BadgePeriod.Week,
        "total" => BadgePeriod.Total,
        _ => null,
    };

    private static string UnitOf(BadgePeriod period) => period switch
    {
        BadgePeriod.Month => "/month",
        BadgePeriod.Week => "/week",
        _ => "",
    };
}
