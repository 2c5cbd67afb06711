using System.Globalization;
using System.Text.RegularExpressions;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>What a relay takes in and passes on.</summary>
internal enum RelayKind
{
    Report,
    Installs,
    Events,
}

/// <summary>The id of an item, such as <c>20261128-r-7d9c2f1e4b634a589e07c1b85d3fa264</c>.</summary>
/// <param name="Day">The UTC day that it is of.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">32 lower-case hex digits: of a report its system's id, so that the last of a day replaces those before it; else a hash.</param>
internal readonly partial record struct RelayId(DateOnly Day, RelayKind Kind, string Name)
{
    private const string DayFormat = "yyyyMMdd";
    private const string KindLetters = "rie";

    /// <summary>The partition: days in order, and in each what is of one kind.</summary>
    public string Partition => $"{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{KindLetters[(int)Kind]}";

    /// <summary>All that is of a day.</summary>
    public static KeyRange RangeOf(DateOnly day)
    {
        var from = $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}-";
        return KeyRange.Partitions(from, from + KeyCodec.Last);
    }

    public static bool TryParse(string? text, out RelayId id)
    {
        id = default;
        if (Pattern().Match(text ?? "") is not { Success: true } match
            || !DateOnly.TryParseExact(match.Groups["day"].ValueSpan, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return false;
        id = new RelayId(day, (RelayKind)KindLetters.IndexOf(match.Groups["kind"].Value, StringComparison.Ordinal), match.Groups["name"].Value);
        return true;
    }

    /// <summary>The id of a row.</summary>
    public static RelayId Of(string partition, string key) =>
        TryParse($"{partition}-{key}", out var id) ? id : throw new FormatException($"'{key}' of '{partition}' is no item of a relay.");

    public override string ToString() => $"{Partition}-{Name}";

    [GeneratedRegex("^(?<day>[0-9]{8})-(?<kind>[rie])-(?<name>[0-9a-f]{32})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
