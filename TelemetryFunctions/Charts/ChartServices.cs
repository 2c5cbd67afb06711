using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Charts.Adoption;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Charts.Feed;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Preview;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts;

/// <summary>Registers the charts.</summary>
public static class ChartServices
{
    /// <summary>Adds what the maintainers say about days.</summary>
    /// <exception cref="StartupException">The file can't be read, or is wrong.</exception>
    public static IServiceCollection AddAnnotations(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(Annotations.Read(configuration));

    public static IServiceCollection AddCharts(this IServiceCollection services)
    {
        services.TryAddSingleton(Annotations.None);
        return services
            .AddSingleton(ChartStore.Table)
            .AddSingleton<ChartStore>()
            .AddSingleton<ChartSeriesList>()
            .AddSingleton<ChartMarks>()
            .AddSingleton<ChartUpdater>()
            .AddSingleton<ISummaryObserver>(provider => provider.GetRequiredService<ChartUpdater>())
            .AddSingleton<ChartReader>()
            .AddSingleton<ChartBodies>()
            .AddSingleton<BodyResponses>()
            .AddSingleton<ChartRequests>()
            .AddSingleton<AdoptionPage>()
            .AddSingleton<DerivedBodies>()
            .AddSingleton<BadgeApi>()
            .AddSingleton<EmbedApi>()
            .AddSingleton<ExportApi>()
            .AddSingleton<FeedApi>()
            .AddSingleton<PublishedNumbers>()
            .AddSingleton<PreviewApi>()
            .AddSingleton<ChartApi>();
    }
}
