using System.Globalization;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Relay.Page;

/// <summary>Summarizes the newest reports of the systems behind a relay, by the accumulators that the service has.</summary>
internal sealed class RelayFleet(RelayStore items, MetricCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Systems that are summarized at most: a page is to be there soon.</summary>
    public const int MostSystems = 5_000;

    // Whoever reports once a day has reported today or yesterday.
    private const int Days = 2;

    // A house may see all of its own.
    private static readonly LabelBounds All = new(1);

    public async Task<FleetSummary> SummarizeAsync(CancellationToken cancellation)
    {
        var newest = await FindNewestAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation);
        var metrics = catalogue.Metrics.Where(metric => !metric.Kind.CountsYoung).Select(metric => (Metric: metric, Accumulator: metric.Accumulate())).ToList();
        foreach (var id in newest.Take(MostSystems))
        {
            if (await items.FindAsync(id, cancellation) is not { } content || Read(content) is not { } report)
                continue;
            foreach (var (_, accumulator) in metrics)
                accumulator.Add(new Observation(report, 0));
        }

        return new FleetSummary(newest.Count, [.. metrics.SelectMany(metric => Charts(metric.Metric, metric.Accumulator))]);
    }

    /// <summary>The newest report of each system.</summary>
    private async Task<IReadOnlyCollection<RelayId>> FindNewestAsync(DateOnly today, CancellationToken cancellation)
    {
        var newest = new Dictionary<string, RelayId>(StringComparer.Ordinal);
        for (var day = today.AddDays(1 - Days); day <= today; day = day.AddDays(1))
        {
            await foreach (var item in items.ReadAsync(day, cancellation).Where(item => item is { System.Length: > 0, State: not RelayState.Refused }))
                newest[item.System] = item.Id;
        }

        return newest.Values;
    }

    private Google.Protobuf.IMessage? Read(RelayContent content)
    {
        try
        {
            return ReportParser.Read(content.Body, ReportFormats.Parse(content.Item.ContentType), catalogue.Properties, catalogue.Report.AreOwn);
        }
        catch (Exception e) when (e is FormatException or Http.RequestRejectedException)
        {
            // Of another product than the catalogue's.
            return null;
        }
    }

    /// <summary>A metric as it is shown first, a chart for each name that it has.</summary>
    private static IEnumerable<FleetChart> Charts(Metric metric, IAccumulator accumulator) => accumulator.Points(metric.Id, All)
        .Where(point => point.Label.Length > 0 && (metric.Kind.Breakdowns is not [var first, ..] || point.Series.By == first))
        .GroupBy(point => point.Series.Name)
        .Select(points => new FleetChart(
            points.Key is { } name ? $"{metric.Title}: {name}" : metric.Title,
            metric.Unit,
            [.. points.OrderBy(point => point.Label, metric.LabelOrder).Select(point => (point.Label, point.Value.ToString("#,0.##", CultureInfo.InvariantCulture)))]));
}

/// <summary>What the systems behind a relay are like.</summary>
/// <param name="Systems">How many have reported today or yesterday.</param>
/// <param name="Charts">What they say.</param>
internal sealed record FleetSummary(int Systems, IReadOnlyList<FleetChart> Charts);

/// <summary>What they say of one thing.</summary>
/// <param name="Title">It.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Values">The labels with their values.</param>
internal sealed record FleetChart(string Title, string Unit, IReadOnlyList<(string Label, string Value)> Values);
