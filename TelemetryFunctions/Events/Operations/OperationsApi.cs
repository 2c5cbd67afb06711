using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Answers <c>GET /operations</c> and <c>GET /operations/{rollup}?from&amp;to&amp;format</c>.</summary>
public sealed class OperationsApi(RollupReader reader, TimeProvider clock)
{
    // What is shown where no day is asked for.
    private const int DefaultDays = 30;
    private const int DefaultDaysOfHours = 3;

    private static readonly IReadOnlyList<RollupEntry> List =
        [.. Rollup.All.Select(rollup => new RollupEntry(rollup.Id, rollup.Title, StepOf(rollup), rollup.Values, "/operations/" + rollup.Id))];

    public async Task<IResult> AnswerAsync(HttpRequest request, string? id, CancellationToken cancellation)
    {
        // Behind a key: nothing that lies between may keep it.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (string.IsNullOrEmpty(id))
            return TypedResults.Json(List, ApiJson.Default.IReadOnlyListRollupEntry);
        if (Rollup.All.FirstOrDefault(rollup => rollup.Id == id) is not { } rollup)
            return Answers.Problem(StatusCodes.Status404NotFound, $"There is no rollup \"{id}\"; there are {string.Join(", ", Rollup.All.Select(rollup => rollup.Id))}.");

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var format = request.Query["format"].ToString();
        DateOnly? first = null, last = null;
        var error = format is "" or "json" or "csv" ? null : $"format is \"{format}\"; it must be json or csv.";
        error ??= QueryDay.Read(request.Query, "from", ref first) ?? QueryDay.Read(request.Query, "to", ref last);
        var to = last ?? today;
        var days = rollup.Step < TimeSpan.FromDays(1) ? DefaultDaysOfHours : DefaultDays;
        var from = first ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber + 1 - days));
        if (error is null && from > to)
            error = "from is after to.";
        if (error is not null)
            return Answers.Problem(StatusCodes.Status400BadRequest, error);

        var document = await reader.ReadAsync(rollup, from, to, cancellation);
        return format == "csv"
            ? TypedResults.Bytes(Encoding.UTF8.GetBytes(Csv(document)), "text/csv; charset=utf-8")
            : TypedResults.Json(document, ApiJson.Default.RollupDocument);
    }

    private static string StepOf(Rollup rollup) => rollup.Step < TimeSpan.FromDays(1) ? "hour" : "day";

    private static string Csv(RollupDocument document)
    {
        var csv = new StringBuilder("time");
        foreach (var series in document.Series)
            csv.Append(',').Append(CsvText.Field(series.Value.Length == 0 ? series.Label : $"{series.Label}: {series.Value}"));
        csv.Append(CsvText.LineEnd);
        foreach (var (i, time) in document.Times.Index())
        {
            csv.Append(DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
            foreach (var series in document.Series)
                csv.Append(',').Append(series.Values[i]?.ToString("R", CultureInfo.InvariantCulture));
            csv.Append(CsvText.LineEnd);
        }

        return csv.ToString();
    }
}
