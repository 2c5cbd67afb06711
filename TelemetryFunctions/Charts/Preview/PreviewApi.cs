using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Preview;

/// <summary>Answers <c>GET /preview.png</c>: the course of the headline in the last year.</summary>
public sealed class PreviewApi(ChartReader reader, DerivedBodies derived, MetricCatalogue catalogue)
{
    public const string Path = "preview.png";

    private const int Days = 365;

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => derived.SendAsync(
        request, Path, async () => ChartBody.Of(PngWriter.Write(PreviewPicture.Draw(await ReadAsync(cancellation))), PngFile.ContentType), cancellation);

    private async Task<IReadOnlyList<double?>> ReadAsync(CancellationToken cancellation)
    {
        if (Headline(catalogue) is not { } metric
            || await reader.ReadAsync(new ChartOfSeries(new ChartId(metric, null), metric.Kind.Breakdowns.FirstOrDefault()), cancellation) is not { Through: { } through } document)
            return [];

        var year = document.Between(through.AddDays(1 - Days), through);
        return year.Series.Count == 0 ? [] : year.Series[0].Values;
    }

    /// <summary>A number without parts: one that the catalogue marks, and else the first.</summary>
    private static Metric? Headline(MetricCatalogue catalogue) => catalogue.Metrics
        .Where(metric => metric.Kind == MetricKind.Count || metric.Kind == MetricKind.Sum)
        .OrderByDescending(metric => metric.IsHeadline)
        .FirstOrDefault();
}
