using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>GET /embed/{id}</c>: one chart alone, to be put into a frame by the sites that a setting names.</summary>
public sealed class EmbedApi(ChartReader reader, BodyResponses responses, ChartRequests requests, PageOptions options)
{
    public Task<IResult> AnswerAsync(HttpRequest request, string? path, CancellationToken cancellation)
    {
        // A slash in a name is one more step up to the address of the site.
        var id = path ?? "";
        var toSite = string.Concat(Enumerable.Repeat("../", id.Count(character => character == '/') + 1));
        return requests.AnswerAsync(id, request.Query, FindAsync);

        async Task<IResult?> FindAsync(ChartOfSeries chart, ChartQuery query)
        {
            if (!DrawingOptions.TryParse(request.Query, options.Site.Language, out var drawing, out var error))
                return Answers.Problem(StatusCodes.Status400BadRequest, error);
            if (await reader.ReadAsync(chart, cancellation) is not { } document)
                return null;

            request.HttpContext.Response.Headers.ContentLanguage = drawing.Texts.Language;
            request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(EmbedHtml.Policy(drawing.Theme));
            var html = EmbedHtml.Render(chart, query.Cut(document), drawing, toSite);
            return BodyResponses.SendOnce(request, Encoding.UTF8.GetBytes(html), ChartBody.Html, responses.UntilNextRun(document));
        }
    }
}
