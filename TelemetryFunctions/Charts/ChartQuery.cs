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
public sealed record ChartQuery(string? By, DateOnly? From, DateOnly? To, ChartFormat Format)
{
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
        if (error is not null)
            return false;

        parsed = new ChartQuery(by, from, to, Formats.GetValueOrDefault(format));
        return true;
    }

    /// <summary>The part of a chart between the first and the last day.</summary>
    public ChartDocument Cut(ChartDocument document) => From is null && To is null ? document : document.Between(From, To);

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
