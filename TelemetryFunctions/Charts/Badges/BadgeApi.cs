using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts.Badges;

/// <summary>Answers <c>GET /badges/{id}.svg</c> and <c>GET /charts/{id}?format=badge</c>.</summary>
public sealed class BadgeApi(ChartReader reader, BodyResponses responses, ChartRequests requests)
{
    private const string Extension = ".svg";

    /// <summary>A badge as a picture.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path below <c>/badges/</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IResult> DrawAsync(HttpRequest request, string? path, CancellationToken cancellation)
    {
        if (path is null || !path.EndsWith(Extension, StringComparison.Ordinal))
            return Answers.Problem(StatusCodes.Status404NotFound, "A badge is at /badges/{id}.svg, where id is that of a chart. GET /charts lists what there is.");

        return await AnswerAsync(request, path[..^Extension.Length], (badge, cacheControl) =>
            BodyResponses.SendOnce(request, Encoding.UTF8.GetBytes(BadgeSvg.Draw(badge)), ChartSvg.ContentType, cacheControl), cancellation);
    }

    /// <summary>A badge in the endpoint format of shields.io.</summary>
    public Task<IResult> DescribeAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        AnswerAsync(request, id, (badge, cacheControl) =>
            BodyResponses.SendOnce(request, JsonSerializer.SerializeToUtf8Bytes(badge, ApiJson.Default.Badge), ChartBody.Json, cacheControl), cancellation);

    private Task<IResult> AnswerAsync(HttpRequest request, string id, Func<Badge, string, IResult> send, CancellationToken cancellation)
    {
        return requests.AnswerAsync(id, request.Query, FindAsync, chart => send(ChartBadge.Of(chart, null), responses.UntilNextRun(throughMs: null)));

        async Task<IResult?> FindAsync(ChartOfSeries chart, ChartQuery query)
        {
            if ((query.From ?? query.To) is not null)
                return Answers.Problem(StatusCodes.Status400BadRequest, "A badge is of the newest day that is over; leave from and to out.");

            var suited = string.IsNullOrEmpty(request.Query["by"]) ? ChartBadge.Suited(chart) : chart;
            return await reader.ReadAsync(suited, cancellation) is { } document
                ? send(ChartBadge.Of(suited, document), responses.UntilNextRun(document))
                : null;
        }
    }
}
