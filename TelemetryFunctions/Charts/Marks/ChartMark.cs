using System.Text.Json.Serialization;

namespace TelemetryFunctions.Charts.Marks;

/// <summary>What a chart tells of a day beside its values.</summary>
/// <param name="Day">The day.</param>
/// <param name="Kind"><see cref="Outage"/>, <see cref="Hole"/>, <see cref="Kept"/> or <see cref="Note"/>.</param>
public sealed record ChartMark(DateOnly Day, string Kind)
{
    /// <summary>The service was down for some hours of the day.</summary>
    public const string Outage = "outage";

    /// <summary>The service was down for more than half of the day, which has no values therefore.</summary>
    public const string Hole = "hole";

    /// <summary>Up to the day numbers are as they were, though those behind it were summarized again: their reports were gone.</summary>
    public const string Kept = "kept";

    /// <summary>The maintainers have something to say.</summary>
    public const string Note = "note";

    /// <summary>Hours in which the service was down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Hours { get; init; }

    /// <summary>Days, this one the last of them, that kept their numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Days { get; init; }

    /// <summary>What the maintainers say, to be shown as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Where they say more; begins with <c>https://</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The charts that it belongs to, by their ids or that of their metric; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Charts { get; init; }

    /// <summary>True where it belongs to a chart.</summary>
    /// <param name="chart">The chart's id, which begins with that of its metric.</param>
    public bool IsOn(string chart) => Charts is null || Charts.Contains(chart) || Charts.Contains(chart.Split('/')[0]);
}
