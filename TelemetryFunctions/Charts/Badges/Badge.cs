using System.Globalization;

namespace TelemetryFunctions.Charts.Badges;

/// <summary>A badge in the endpoint format of shields.io.</summary>
/// <remarks>Source: https://shields.io/badges/endpoint-badge</remarks>
/// <param name="SchemaVersion">Always 1.</param>
/// <param name="Label">What it is about.</param>
/// <param name="Message">What it says.</param>
/// <param name="Color">The colour behind the message: a name of shields.io.</param>
public sealed record Badge(int SchemaVersion, string Label, string Message, string Color)
{
    public const string Known = "blue";
    public const string Unknown = "lightgrey";

    private const long Thousand = 1_000;
    private const long Million = 1_000_000;
    private const long Billion = 1_000_000_000;

    /// <summary>A badge that says something.</summary>
    public static Badge Of(string label, string message) => new(1, label, message, Known);

    /// <summary>A badge that says that there is nothing to say.</summary>
    public static Badge OfNothing(string label, string message) => new(1, label, message, Unknown);

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
        return tenths >= 100 || tenths % 10 == 0 ? $"{tenths / 10}" : $"{tenths / 10}.{tenths % 10}";
    }
}
