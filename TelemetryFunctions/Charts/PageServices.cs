using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Charts;

/// <summary>Registers the chart page and its assets.</summary>
public static class PageServices
{
    /// <summary>Adds the page. A <see cref="PageOptions"/> that is registered already is kept.</summary>
    public static IServiceCollection AddPage(this IServiceCollection services)
    {
        services.TryAddSingleton(new PageOptions());
        services.AddSingleton(_ => WebAssets.Load(typeof(WebAssets).Assembly));
        services.AddSingleton<ChartPageHtml>();
        services.AddSingleton<AssetResponses>();
        return services;
    }
}
