using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>
/// Answers <c>GET /charts</c>, <c>GET /charts/overview</c> and <c>GET /charts/{id}?from&amp;to&amp;by&amp;format</c>.
/// </summary>
public sealed class ChartApi(ChartReader reader, ChartBodies bodies, BodyResponses responses, MetricCatalogue catalogue, ReportOptions reportOptions)
{
    private const string Csv = "text/csv; charset=utf-8";

    public async Task<IResult> AnswerAsync(HttpRequest request, string? id, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(id))
            return BodyResponses.Send(request, await bodies.GetListAsync(cancellation), BodyResponses.AskAgain);
        if (id == ChartStore.Overview)
        {
            var overview = await bodies.GetOverviewAsync(cancellation);
            return BodyResponses.Send(request, overview, responses.UntilNextRun(overview.ThroughMs));
        }

        if (!ChartId.TryParse(id, catalogue, out var chart))
            return NoChart(id);
        if (!ChartQuery.TryParse(request.Query, chart.Metric.Kind, out var query, out var error))
            return Answers.Problem(StatusCodes.Status400BadRequest, error);
        if (await FindAsync(request, new ChartOfSeries(chart, query.By), query, cancellation) is { } answer)
            return answer;

        // A host may leave the slash in a name escaped.
        var unescaped = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return unescaped == id ? NoChart(chart) : await AnswerAsync(request, unescaped, cancellation);
    }

    private async Task<IResult?> FindAsync(HttpRequest request, ChartOfSeries chart, ChartQuery query, CancellationToken cancellation)
    {
        if (query.IsWhole)
        {
            return await bodies.FindAsync(chart, cancellation) is { } body
                ? BodyResponses.Send(request, body, responses.UntilNextRun(body.ThroughMs))
                : null;
        }

        if (await reader.ReadAsync(chart, cancellation) is not { } document)
            return null;

        var cacheControl = responses.UntilNextRun(document.Through is { } day ? ChartQuery.Ms(day.AddDays(1)) : null);
        document = query.Cut(document);
        return query.IsCsv
            ? SendOnce(request, ChartCsv.Write(document), Csv, cacheControl)
            : SendOnce(request, JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ChartDocument), ChartBody.Json, cacheControl);
    }

    private static IResult NoChart(string id) =>
        Answers.Problem(StatusCodes.Status404NotFound, $"There is no chart \"{id}\". GET /charts lists what there is.");

    /// <summary>What is not said: whether no system has it, or some do.</summary>
    private IResult NoChart(ChartId chart)
    {
        if (chart.Name is not { } name)
            return NoChart(chart.Id);

        var minimum = reportOptions.MinimumLabelSystems;
        var days = reportOptions.MinimumNameDays == 1 ? "every day" : "all days but one";
        var reason = minimum == 1
            ? $"no system reported it on {days} so far"
            : $"fewer than {minimum} systems reported it on {days} so far, which is counted as \"{LabelBounds.Other}\", or none did";
        return Answers.Problem(StatusCodes.Status404NotFound, $"There is no chart of \"{name}\": {reason}. GET /charts lists what there is.");
    }

    /// <summary>What is made for one request, or 304 where the client has it.</summary>
    private static IResult SendOnce(HttpRequest request, byte[] content, string contentType, string cacheControl)
    {
        var etag = new EntityTagHeaderValue('"' + Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)) + '"');
        request.HttpContext.Response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(content, contentType, entityTag: etag);
    }
}
