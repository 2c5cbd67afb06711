using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts.Adoption;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Charts.Feed;
using TelemetryFunctions.Charts.Preview;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts;

/// <summary>Registers the charts.</summary>
public static class ChartServices
{
    public static IServiceCollection AddCharts(this IServiceCollection services) => services
        .AddSingleton(ChartStore.Table)
        .AddSingleton<ChartStore>()
        .AddSingleton<ChartSeriesList>()
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
