using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Http;

/// <summary>Registers what answers requests about the service itself.</summary>
public static class HttpServices
{
    public static IServiceCollection AddHttp(this IServiceCollection services) => services
        .AddSingleton<RouteTable>()
        .AddSingleton<UnroutedRequests>()
        .AddSingleton<SummaryOnDemand>()
        .AddSingleton<ApiDescription>()
        .AddSingleton<StoreProbe>()
        .AddSingleton<HealthReporter>();
}
