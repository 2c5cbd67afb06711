using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>What is asked of a rollup.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="ByDay">True where hours are to be made days.</param>
/// <param name="Labels">How many labels are told at most; null for all.</param>
/// <param name="IsCsv">True for CSV, else JSON.</param>
public sealed record RollupQuery(DateOnly From, DateOnly To, bool ByDay, int? Labels, bool IsCsv)
{
    // What is shown where no day is asked for.
    private const int DefaultDays = 30;
    private const int DefaultDaysOfHours = 3;

    private const int MostLabels = 1_000;

    /// <returns>What is asked for, or, where that can't be, what is wrong.</returns>
    public static (RollupQuery? Query, string? Error) Read(IQueryCollection query, Rollup rollup, DateOnly today)
    {
        var (format, step, labels) = (query["format"].ToString(), query["step"].ToString(), query["labels"].ToString());
        var most = 0;
        DateOnly? first = null, last = null;
        var error = format is "" or "json" or "csv" ? null : $"format is \"{format}\"; it must be json or csv.";
        error ??= step is "" or "day" || step == StepOf(rollup) ? null : $"step is \"{step}\"; it must be {(IsByDay(rollup) ? "day" : "day or hour")}.";
        if (error is null && labels.Length > 0 && (!int.TryParse(labels, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is 0 or > MostLabels))
            error = string.Create(CultureInfo.InvariantCulture, $"labels is \"{labels}\"; it must be a whole number from 1 to {MostLabels}.");
        error ??= QueryDay.Read(query, "from", ref first) ?? QueryDay.Read(query, "to", ref last);
        var byDay = IsByDay(rollup) || step == "day";
        var to = last ?? today;
        var from = first ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber + 1 - (byDay ? DefaultDays : DefaultDaysOfHours)));
        if (error is null && from > to)
            error = "from is after to.";
        return error is null ? (new RollupQuery(from, to, byDay && !IsByDay(rollup), most == 0 ? null : most, format == "csv"), null) : (null, error);
    }

    /// <summary>True for a rollup of days, false for one of hours.</summary>
    public static bool IsByDay(Rollup rollup) => rollup.Step >= TimeSpan.FromDays(1);

    /// <summary>What a value of a rollup is of, as clients read it.</summary>
    public static string StepOf(Rollup rollup) => IsByDay(rollup) ? "day" : "hour";
}
