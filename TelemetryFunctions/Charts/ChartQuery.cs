using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>The query of a chart.</summary>
/// <param name="By">The breakdown; null where the metric has only one.</param>
/// <param name="From">The first day; null is unbounded.</param>
/// <param name="To">The last day; null is unbounded.</param>
/// <param name="Format">What is sent.</param>
/// <param name="IsCompared">True where the period just before, of as many days, is sent too.</param>
public sealed record ChartQuery(string? By, DateOnly? From, DateOnly? To, ChartFormat Format, bool IsCompared = false)
{
    private const string Previous = "previous";

    /// <summary>How a badge is asked for.</summary>
    public const string BadgeFormat = "badge";

    private static readonly FrozenDictionary<string, ChartFormat> Formats = new Dictionary<string, ChartFormat>
    {
        ["json"] = ChartFormat.Json,
        ["csv"] = ChartFormat.Csv,
        ["svg"] = ChartFormat.Svg,
        [BadgeFormat] = ChartFormat.Badge,
    }.ToFrozenDictionary();

    /// <summary>True where the chart is asked for as it is stored.</summary>
    public bool IsWhole => From is null && To is null && Format == ChartFormat.Json;

    /// <summary>Reads a query; false with an error that says what to mend.</summary>
    public static bool TryParse(IQueryCollection query, MetricKind kind, [NotNullWhen(true)] out ChartQuery? parsed, [NotNullWhen(false)] out string? error)
    {
        parsed = null;
        error = null;
        string? by = query["by"];
        var format = query["format"].ToString();
        by = string.IsNullOrEmpty(by) ? kind.Breakdowns.FirstOrDefault() : kind.FormerBreakdowns.GetValueOrDefault(by, by);
        if (by is not null && !kind.Breakdowns.Contains(by))
        {
            error = kind.Breakdowns.Count == 0
                ? "This chart has only one breakdown; leave by out."
                : $"by is \"{by}\"; it must be one of {string.Join(", ", kind.Breakdowns)}.";
        }
        else if (format.Length > 0 && !Formats.ContainsKey(format))
        {
            error = $"format is \"{format}\"; it must be one of json, csv, svg, badge.";
        }

        DateOnly? from = null, to = null;
        error ??= QueryDay.Read(query, "from", ref from) ?? QueryDay.Read(query, "to", ref to);
        if (error is null && from > to)
            error = "from is after to.";
        var chosen = Formats.GetValueOrDefault(format);
        string? compare = query["compare"];
        var isCompared = !string.IsNullOrEmpty(compare);
        if (error is null && isCompared)
            error = Refuse(compare!, from, chosen);
        if (error is not null)
            return false;

        parsed = new ChartQuery(by, from, to, chosen, isCompared);
        return true;
    }

    /// <summary>The part of a chart between the first and the last day, with the period before where that is asked for.</summary>
    public ChartDocument Cut(ChartDocument document)
    {
        var cut = From is null && To is null ? document : document.Between(From, To);
        return IsCompared && From is { } from ? cut with { Previous = PreviousPeriod.Of(document, cut.Times, from) } : cut;
    }

    private static string? Refuse(string compare, DateOnly? from, ChartFormat format)
    {
        if (compare != Previous)
            return $"compare is \"{compare}\"; it must be {Previous}.";
        if (from is null)
            return "compare=previous needs from: before the first day of all there is no period.";
        return format is ChartFormat.Json or ChartFormat.Csv ? null : "compare is for json and csv; leave it out.";
    }

    internal static DateOnly Day(long ms) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime);

    internal static long Ms(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}

/// <summary>What a chart is sent as.</summary>
public enum ChartFormat
{
    Json,
    Csv,

    /// <summary>A drawing.</summary>
    Svg,

    /// <summary>The JSON of a badge.</summary>
    Badge,
}
