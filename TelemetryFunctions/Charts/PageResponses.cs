using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>GET /</c> and <c>GET /catalogue</c>, compressed once for everyone.</summary>
public sealed class PageResponses(WebAssets assets, PageOptions options, ChartBodies charts, CatalogueHtml catalogue, SiteSections sections)
{
    // One site has few addresses, but anybody can name others.
    private const long MaxBytes = 4 * 1024 * 1024;

    private readonly BodyCache _cache = new(MaxBytes);

    /// <summary>The chart page, with the last days as tables for those without JavaScript.</summary>
    public async Task<IResult> SendChartPageAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (PageAddress.Redirect(request, isSite: true) is { } redirect)
            return redirect;

        var overview = await FindOverviewAsync(cancellation);
        var links = await sections.ReadAsync(cancellation);

        // Networks know no relative address, so the page depends on where it was asked for.
        var site = SiteAddress.Of(request, "");
        var texts = options.TextsFor(request);
        var page = await _cache.GetAsync(
            $"{NameOf(texts)} {site}", $"{overview?.Tag} {VersionOf(links)}", () => Task.FromResult<ChartBody?>(Render(overview, texts, site, links)));
        return Send(request, page!, ChartPageHtml.ContentSecurityPolicy);
    }

    /// <summary>The catalogue.</summary>
    public async Task<IResult> SendCatalogueAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (PageAddress.Redirect(request) is { } redirect)
            return redirect;

        var links = await sections.ReadAsync(cancellation);
        var texts = options.TextsFor(request);
        var page = await _cache.GetAsync($"{NameOf(texts)} catalogue", VersionOf(links), () => Task.FromResult<ChartBody?>(catalogue.Render(texts, links)));
        return Send(request, page!, ChartPageHtml.ContentSecurityPolicyWithForm);
    }

    /// <summary>What a page depends on: its links ask for the language where its address did.</summary>
    private static string NameOf(Texts texts) => texts.IsAsked ? $"{texts.Language}!" : texts.Language;

    private static string VersionOf(IEnumerable<SectionLink> links) => string.Join(' ', links.Select(link => link.Path));

    private IResult Send(HttpRequest request, ChartBody page, string policy)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(policy);
        return BodyResponses.Send(request, page, BodyResponses.AskAgain);
    }

    private ChartBody Render(ChartBody? overview, Texts texts, string site, IReadOnlyList<SectionLink> links)
    {
        var tables = overview is null
            ? ""
            : ChartTablesHtml.Render(JsonSerializer.Deserialize(overview.Identity, ApiJson.Default.OverviewDocument)!, texts);
        return ChartBody.Of(Encoding.UTF8.GetBytes(ChartPageHtml.Render(assets, options, texts, site, tables, links)), ChartBody.Html);
    }

    private async Task<ChartBody?> FindOverviewAsync(CancellationToken cancellation)
    {
        try
        {
            return await charts.GetOverviewAsync(cancellation);
        }
        catch (StoreUnavailableException)
        {
            // The page says by itself that there is no data now.
            return null;
        }
    }
}
