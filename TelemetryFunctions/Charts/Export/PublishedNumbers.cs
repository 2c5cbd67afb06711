using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Charts.Export;

/// <summary>
/// Answers <c>GET /metrics</c>: the newest day that is over of every chart, in its default breakdown. What this process does is told
/// by its meters, not here.
/// </summary>
public sealed class PublishedNumbers(ChartReader reader, DerivedBodies derived)
{
    private const string Prefix = "telemetry_";
    private const string Through = Prefix + "through_timestamp_seconds";

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => derived.SendAsync(
        request,
        "metrics",
        async () => ChartBody.Of(Encoding.UTF8.GetBytes(await WriteAsync(cancellation)), PrometheusText.ContentType),
        cancellation);

    private async Task<string> WriteAsync(CancellationToken cancellation)
    {
        var text = new PrometheusText();
        DateOnly? through = null;
        foreach (var metric in (await reader.ListSeriesAsync(cancellation)).Where(chart => chart.IsDefault).GroupBy(chart => chart.Id.Metric))
        {
            var name = Prefix + metric.Key.Id.Replace('-', '_');
            text.Gauge(name, $"{metric.Key.Story.Question} In {metric.Key.Unit}, on the newest day that is over.");
            foreach (var chart in metric)
            {
                if (await reader.ReadAsync(chart, cancellation) is not { } document)
                    continue;

                through = document.Through ?? through;
                foreach (var (label, value) in LatestDay.OfClosed(document)?.Values ?? [])
                {
                    if (chart.Id.Name is { } part)
                        text.Sample(name, value, ("name", part), ("label", label));
                    else
                        text.Sample(name, value, ("label", label));
                }
            }
        }

        text.Gauge(Through, "The end of the newest day that is over, in seconds since 1970.");
        if (through is { } day)
            text.Sample(Through, ChartQuery.Ms(day.AddDays(1)) / 1000.0);
        return text.ToString();
    }
}
