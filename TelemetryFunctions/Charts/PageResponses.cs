using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>GET /</c> and <c>GET /catalogue</c>, compressed once for everyone.</summary>
public sealed class PageResponses(WebAssets assets, PageOptions options, ChartBodies charts, CatalogueHtml catalogue)
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

        // Networks know no relative address, so the page depends on where it was asked for.
        var site = SiteAddress.Of(request, "");
        var page = await _cache.GetAsync(site, overview?.Tag ?? "", () => Task.FromResult<ChartBody?>(Render(overview, site)));
        return Send(request, page!, ChartPageHtml.ContentSecurityPolicy);
    }

    /// <summary>The catalogue.</summary>
    public IResult SendCatalogue(HttpRequest request) =>
        PageAddress.Redirect(request) ?? Send(request, catalogue.Body, ChartPageHtml.ContentSecurityPolicyWithForm);

    private IResult Send(HttpRequest request, ChartBody page, string policy)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(policy);
        return BodyResponses.Send(request, page, BodyResponses.AskAgain);
    }

    private ChartBody Render(ChartBody? overview, string site)
    {
        var tables = overview is null
            ? ""
            : ChartTablesHtml.Render(JsonSerializer.Deserialize(overview.Identity, ApiJson.Default.OverviewDocument)!);
        return ChartBody.Of(Encoding.UTF8.GetBytes(ChartPageHtml.Render(assets, options, site, tables)), ChartBody.Html);
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
