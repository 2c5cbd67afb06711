using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Charts;

/// <summary>Registers the charts.</summary>
public static class ChartServices
{
    public static IServiceCollection AddCharts(this IServiceCollection services) => services
        .AddSingleton<ChartReader>()
        .AddSingleton<ChartApi>();
}
