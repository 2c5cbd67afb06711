using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Answers <c>GET /operations</c> to programs, and <c>GET /operations/{rollup}</c>.</summary>
public sealed class OperationsApi(OperationsAccess access, RollupReader reader, RollupBodies bodies, TimeProvider clock)
{
    private static readonly IReadOnlyList<RollupEntry> All =
        [.. Rollup.All.Select(rollup => new RollupEntry(rollup.Id, rollup.Title, RollupQuery.StepOf(rollup), rollup.Values, "/operations/" + rollup.Id))];

    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellation) =>
        WithKeyAsync(request, () => Task.FromResult<IResult>(TypedResults.Json(All, ApiJson.Default.IReadOnlyListRollupEntry)), cancellation);

    public Task<IResult> AnswerAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        WithKeyAsync(request, () => AnswerAsync(request.Query, id, cancellation), cancellation);

    private async Task<IResult> AnswerAsync(IQueryCollection query, string id, CancellationToken cancellation)
    {
        if (Rollup.All.FirstOrDefault(rollup => rollup.Id == id) is not { } rollup)
            return Answers.Problem(StatusCodes.Status404NotFound, $"There is no rollup \"{id}\"; there are {string.Join(", ", Rollup.All.Select(rollup => rollup.Id))}.");

        var (asked, error) = RollupQuery.Read(query, rollup, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (asked is null)
            return Answers.Problem(StatusCodes.Status400BadRequest, error!);

        var body = await bodies.GetAsync(rollup, asked, token => MakeAsync(rollup, asked, token), cancellation);
        return TypedResults.Bytes(body, asked.IsCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8");
    }

    private async Task<byte[]> MakeAsync(Rollup rollup, RollupQuery asked, CancellationToken cancellation)
    {
        var document = await reader.ReadAsync(rollup, asked.From, asked.To, cancellation);
        if (asked.ByDay)
            document = RollupSummary.ByDay(document);
        if (asked.Labels is { } most)
            document = RollupSummary.Largest(document, most);
        return asked.IsCsv ? Encoding.UTF8.GetBytes(Csv(document)) : JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.RollupDocument);
    }

    /// <summary>Answers who has the key, or its cookie.</summary>
    private async Task<IResult> WithKeyAsync(HttpRequest request, Func<Task<IResult>> answer, CancellationToken cancellation)
    {
        // Behind a key: nothing that lies between may keep it.
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        switch (await access.CheckAsync(request, cancellation))
        {
            case Access.Open:
                return await answer();
            case Access.TooMany:
                return Answers.TooMany("Too many wrong keys are tried at this moment. Try again in a second.", TimeSpan.FromSeconds(1));
            default:
                return Answers.Problem(StatusCodes.Status401Unauthorized, access.HasKey
                    ? "The key is missing or wrong. Send it as x-functions-key; in a browser, open /operations."
                    : "There is no key. Set Telemetry__OperationsKey, or, on one machine, Standalone__FunctionKey.");
        }
    }

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
