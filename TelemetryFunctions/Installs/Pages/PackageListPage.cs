using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Answers <c>GET /packages?q&amp;sort&amp;page&amp;range&amp;format</c>. What makes no sense in the query counts as not said.</summary>
public sealed class PackageListPage(PackageListStore list, InstallPageLayout layout)
{
    private const int PageSize = 50;

    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        var packages = await list.ReadAsync(cancellation);
        var query = PackageListQuery.Read(request.Query);
        var slice = packages.Find(query.Text, query.Order, query.Page, PageSize);
        return PageFormats.Choose(request) switch
        {
            PageFormat.Html => PageResults.Html(request, layout.ContentSecurityPolicy, Render(layout.TextsFor(request))),
            PageFormat.Csv => PageResults.Csv(request, PackagesCsv.List(slice.Packages)),
            _ => PageResults.Json(request, Answer(packages, query, slice), PackagesJson.Default.PackageListAnswer),
        };

        string Render(Texts texts) => layout.Render(texts, texts["installs.title"], packages.Through, PackageListHtml.Render(query, slice, packages, texts));
    }

    /// <summary>The path of a package's page on this site.</summary>
    internal static string PathOf(string package) => "/packages/" + package;

    private static PackageListAnswer Answer(PackageList list, PackageListQuery query, PackageListSlice slice) => new(
        list.Through,
        slice.Found,
        slice.Page,
        slice.Pages,
        [.. slice.Packages.Select(package => new PackageListAnswerEntry(
            package.Name, PathOf(package.Name), package.Last30Days, package.Ci.Last30Days, package.Total, package.Ci.Total, package.Ci.Since,
            package.LastInstalledAt))],
        query.IsFirst ? Answer(list.Agents.Platforms.Since(query.First(list))) : null,
        query.IsFirst ? Answer(list.Agents.Php.Since(query.First(list))) : null);

    private static ShareAnswer Answer(ShareChart chart) => new(
        ChartSteps.NameOf(chart.Step),
        [.. chart.Starts.Select(start => new DateTimeOffset(start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds())],
        [.. chart.Series.Select(series => new ShareAnswerSeries(series.Label, series.Values))]);
}

/// <summary>The query of the list.</summary>
/// <param name="Text">What names must contain, in lower case.</param>
/// <param name="Order">The order.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Range">The days of the charts.</param>
internal sealed record PackageListQuery(string Text, PackageOrder Order, int Page, InstallRange Range)
{
    /// <summary>True for the page with which the list begins, which has more than packages.</summary>
    public bool IsFirst => Text.Length == 0 && Page == 1;

    /// <summary>The first day of the charts; null for all that there are.</summary>
    public DateOnly? First(PackageList list) =>
        list.Through is { } through ? Range.First(DateOnly.FromDateTime(through.UtcDateTime.AddTicks(-1))) : null;

    public static PackageListQuery Read(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        var order = query["sort"].ToString() switch
        {
            "total" => PackageOrder.Total,
            "name" => PackageOrder.Name,
            _ => PackageOrder.Last30Days,
        };
        var isPage = int.TryParse(query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var page);

        // A text longer than any name finds nothing, whatever its end is.
        return new PackageListQuery(
            text[..Math.Min(text.Length, PackageName.MaxLength + 1)].ToLowerInvariant(), order, isPage && page > 0 ? page : 1, InstallRange.Read(query["range"].ToString()));
    }

    public static string NameOf(PackageOrder order) => order switch
    {
        PackageOrder.Total => "total",
        PackageOrder.Name => "name",
        _ => "month",
    };

    /// <summary>The link to the same list in another order or at another page.</summary>
    public string Link(PackageOrder order, int page) => Link(order, page, Range);

    /// <summary>The link to the same list with charts of other days.</summary>
    public string Link(InstallRange range) => Link(Order, Page, range);

    private string Link(PackageOrder order, int page, InstallRange range)
    {
        var parts = new List<string>();
        if (Text.Length > 0)
            parts.Add("q=" + Uri.EscapeDataString(Text));
        if (order != PackageOrder.Last30Days)
            parts.Add("sort=" + NameOf(order));
        if (page > 1)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        if (range != InstallRange.All)
            parts.Add("range=" + range.Name);
        return parts.Count == 0 ? "./packages" : "./packages?" + string.Join('&', parts);
    }
}
