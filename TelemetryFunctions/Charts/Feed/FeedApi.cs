using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Http;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts.Feed;

/// <summary>Answers <c>GET /feed.atom</c>: the numbers of each week that is over, an entry a week.</summary>
public sealed class FeedApi(ChartReader reader, DerivedBodies derived, PageOptions options)
{
    public const string Path = "feed.atom";

    private const string ContentType = "application/atom+xml; charset=utf-8";
    private const int MaxWeeks = 26;
    private const int WeekDays = 7;

    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Its ids and links are absolute, so it depends on where it was asked for.
        var site = SiteAddress.Of(request, Path);
        return derived.SendAsync(request, site, async () => ChartBody.Of(Write(await ReadAsync(cancellation), site), ContentType), cancellation);
    }

    /// <summary>The charts that the catalogue names: of a metric with a chart for every name there may be thousands.</summary>
    private async Task<List<(ChartOfSeries Chart, ChartDocument Document)>> ReadAsync(CancellationToken cancellation)
    {
        var charts = new List<(ChartOfSeries, ChartDocument)>();
        foreach (var chart in (await reader.ListSeriesAsync(cancellation)).Where(chart => chart.IsDefault && chart.Id.Name is null))
        {
            if (await reader.ReadAsync(chart, cancellation) is { } document)
                charts.Add((chart, document));
        }

        return charts;
    }

    private byte[] Write(List<(ChartOfSeries Chart, ChartDocument Document)> charts, string site)
    {
        var through = charts.Select(chart => chart.Document.Through).Max();
        var first = charts.SelectMany(chart => chart.Document.Times.Take(1)).Select(ChartQuery.Day).Cast<DateOnly?>().Min();
        var weeks = WeeklyNumber.Weeks(through, first, MaxWeeks);
        var title = SvgText.Clean(options.Title);
        var feed = new SyndicationFeed(title, "How it is used, week by week.", new Uri(site), site + Path, weeks.Count == 0 ? DateTimeOffset.UnixEpoch : UpdatedAt(weeks[0]))
        {
            Items = [.. weeks.Select(week => Entry(charts, week, site))],
        };
        feed.Authors.Add(new SyndicationPerson { Name = title });
        feed.Links.Add(SyndicationLink.CreateSelfLink(new Uri(site + Path), "application/atom+xml"));

        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Xml))
            feed.SaveAsAtom10(xml);
        return bytes.ToArray();
    }

    private static SyndicationItem Entry(List<(ChartOfSeries Chart, ChartDocument Document)> charts, DateOnly week, string site)
    {
        var name = WeeklyNumber.NameOf(week);
        var numbers = charts
            .Select(chart => (chart.Chart.Id.Title, WeeklyNumber.Of(chart.Chart, chart.Document, week).Text))
            .Where(number => number.Text is not null)
            .Select(number => $"<li>{PageHead.Text(SvgText.Clean(number.Title))}: {PageHead.Text(SvgText.Clean(number.Text!))}</li>")
            .ToList();
        var content = numbers.Count == 0 ? "<p>Nothing is known of this week.</p>" : $"<ul>{string.Concat(numbers)}</ul>";
        return new SyndicationItem(
            $"Week {name}, {TimeAxis.Text(week, Texts.English)} to {TimeAxis.Text(week.AddDays(WeekDays - 1), Texts.English)}",
            SyndicationContent.CreateHtmlContent(content),
            new Uri($"{site}?from={week:yyyy-MM-dd}&to={week.AddDays(WeekDays - 1):yyyy-MM-dd}"),
            $"{site}{Path}#{name}",
            UpdatedAt(week));
    }

    /// <summary>When the last day of a week closes.</summary>
    private static DateTimeOffset UpdatedAt(DateOnly week) =>
        Window.Day(new DateTimeOffset(week.AddDays(WeekDays - 1), default, TimeSpan.Zero)).ClosesAt;
}
