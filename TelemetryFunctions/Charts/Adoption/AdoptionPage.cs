using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>Answers <c>GET /adoption/{id}?by&amp;format</c>.</summary>
public sealed class AdoptionPage(ChartReader reader, ChartRequests requests, BodyResponses responses, WebAssets assets, PageOptions options, SiteSections sections)
{
    public async Task<IResult> AnswerAsync(HttpRequest request, string? id, CancellationToken cancellation)
    {
        var format = request.Query["format"].ToString();
        if (format is not ("" or "html" or "json" or "csv"))
            return Answers.Problem(StatusCodes.Status400BadRequest, $"format is \"{format}\"; it must be one of html, json, csv.");
        if (format is "" or "html" && PageAddress.Redirect(request) is { } redirect)
            return redirect;
        if (string.IsNullOrEmpty(id))
            return Answers.Problem(StatusCodes.Status404NotFound, "Name a chart of versions, as in /adoption/components/core. GET /charts lists what there is.");

        // The format is the page's, not a chart's.
        var by = new QueryCollection(request.Query.Where(parameter => parameter.Key == "by").ToDictionary());
        return await requests.AnswerAsync(id, by, (chart, _) => FindAsync(request, chart, format, cancellation));
    }

    private async Task<IResult?> FindAsync(HttpRequest request, ChartOfSeries chart, string format, CancellationToken cancellation)
    {
        if (chart.Id.Metric.Kind != MetricKind.Versions)
            return Answers.Problem(StatusCodes.Status404NotFound, $"The chart \"{chart.Id.Id}\" is not one of versions.");
        if (await reader.ReadAsync(chart, cancellation) is not { } document)
            return null;

        var adoption = AdoptionBuilder.Build(document, chart.By!, chart.Id.Metric.Supported.Of(chart.Id.Name!));
        var (content, type) = format switch
        {
            "json" => (JsonSerializer.SerializeToUtf8Bytes(adoption, ApiJson.Default.AdoptionDocument), ChartBody.Json),
            "csv" => (AdoptionCsv.Write(adoption), "text/csv; charset=utf-8"),
            _ => (Encoding.UTF8.GetBytes(AdoptionHtml.Render(adoption, assets, options, options.TextsFor(request), await sections.ReadAsync(cancellation))), ChartBody.Html),
        };
        if (type == ChartBody.Html)
            request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(AdoptionHtml.ContentSecurityPolicy);
        return BodyResponses.SendOnce(request, content, type, responses.UntilNextRun(document));
    }
}
