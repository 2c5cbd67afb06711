using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Http.Limits;

namespace TelemetryFunctions.Http;

/// <summary>Registers what answers requests about the service itself.</summary>
public static class HttpServices
{
    /// <summary>Registers the key of relays, for each source that asks for it.</summary>
    /// <exception cref="StartupException">The setting is unusable.</exception>
    public static IServiceCollection AddRelayKey(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(RelayKey.Read(configuration));
        return services;
    }

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimiterOptions>().Configure<WriteLimit>((options, limit) => options.AddPolicy(WriteLimit.Policy, limit));
        return services
            .AddSingleton(WriteLimitOptions.Read(configuration))
            .AddSingleton<WriteLimit>()
            .AddSingleton<RouteTable>()
            .AddSingleton<UnroutedRequests>()
            .AddSingleton<SummaryOnDemand>()
            .AddSingleton<ApiDescription>()
            .AddSingleton<StoreProbe>()
            .AddSingleton<HealthReporter>();
    }
}
