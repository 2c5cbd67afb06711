using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>GET /charts</c> and <c>GET /charts/{id}?from&amp;to&amp;by&amp;format</c>.</summary>
public sealed class ChartApi(ChartReader reader, MetricCatalogue catalogue, IConfiguration configuration)
{
    public async Task<IResult> AnswerAsync(HttpRequest request, string? id, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(id))
        {
            var list = await reader.ListAsync(cancellation);
            return Conditional(request, JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Default.IReadOnlyListChartEntry), "application/json");
        }

        if (!ChartId.TryParse(id, catalogue, out var chart))
            return NoChart(id);
        if (!ChartQuery.TryParse(request.Query, chart.Metric.Kind, out var query, out var error))
            return Answers.Problem(StatusCodes.Status400BadRequest, error);

        var document = await reader.ReadAsync(chart, query.By, configuration.IsDevelopment(), cancellation);
        if (document is null && id.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return await AnswerAsync(request, id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), cancellation);
        if (document is null)
            return NoChart(id);

        document = query.Cut(document);
        return query.IsCsv
            ? Conditional(request, ChartCsv.Write(document), "text/csv; charset=utf-8")
            : Conditional(request, JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ChartDocument), "application/json");
    }

    private static IResult NoChart(string id) =>
        Answers.Problem(StatusCodes.Status404NotFound, $"There is no chart \"{id}\". GET /charts lists what there is.");

    /// <summary>The content, or 304 where the client has it.</summary>
    private static IResult Conditional(HttpRequest request, byte[] content, string contentType)
    {
        var etag = new EntityTagHeaderValue('"' + Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)) + '"');
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(content, contentType, entityTag: etag);
    }
}
