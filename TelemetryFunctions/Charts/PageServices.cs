using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Charts;

/// <summary>Registers the chart page and its assets.</summary>
public static class PageServices
{
    /// <summary>Adds the page. A <see cref="PageOptions"/> that is registered already is kept.</summary>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddPage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(PageOptions.Read(configuration));
        services.AddSingleton(provider => WebAssets.Load(typeof(WebAssets).Assembly).With(provider.GetRequiredService<PageOptions>().Site));
        services.AddSingleton<SiteSections>();
        services.AddSingleton<CatalogueHtml>();
        services.AddSingleton<PageResponses>();
        services.AddSingleton<SystemPage>();
        services.AddSingleton<AssetResponses>();
        return services;
    }
}
