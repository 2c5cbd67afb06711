using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts;

/// <summary>
/// Answers <c>GET /charts</c>, <c>GET /charts/overview</c> and <c>GET /charts/{id}?from&amp;to&amp;by&amp;format</c>.
/// </summary>
public sealed class ChartApi(ChartReader reader, ChartBodies bodies, BodyResponses responses, ChartRequests requests, BadgeApi badges, PageOptions options)
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

        if (request.Query["format"] == ChartQuery.BadgeFormat)
            return await badges.DescribeAsync(request, id, cancellation);

        return await requests.AnswerAsync(id, request.Query, (chart, query) => FindAsync(request, chart, query, cancellation));
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

        var cacheControl = responses.UntilNextRun(document);
        document = query.Cut(document);
        return query.Format switch
        {
            ChartFormat.Svg => Draw(request, chart, document, cacheControl),
            ChartFormat.Csv => BodyResponses.SendOnce(request, ChartCsv.Write(document), Csv, cacheControl),
            _ => BodyResponses.SendOnce(request, JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ChartDocument), ChartBody.Json, cacheControl),
        };
    }

    private IResult Draw(HttpRequest request, ChartOfSeries chart, ChartDocument document, string cacheControl)
    {
        if (!DrawingOptions.TryParse(request.Query, options.Site.Language, out var drawing, out var error))
            return Answers.Problem(StatusCodes.Status400BadRequest, error);

        // Opened by itself, it is a document of this site.
        var style = ChartStyle.Of(drawing.Theme);
        request.HttpContext.Response.Headers.ContentLanguage = drawing.Texts.Language;
        request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(ChartStyle.Policy(style));
        var svg = ChartSvg.Draw(chart, document, drawing, style);
        return BodyResponses.SendOnce(request, Encoding.UTF8.GetBytes(svg), ChartSvg.ContentType, cacheControl);
    }
}
