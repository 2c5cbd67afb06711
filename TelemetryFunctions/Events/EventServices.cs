using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>Registers the events: how they come in, how they are rolled up and how they are shown.</summary>
public static class EventServices
{
    /// <summary>Adds the events. An <see cref="OperationsKey"/> that is registered already is kept.</summary>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(OperationsKey.Read(configuration));
        return services
            .AddSingleton(EventStore.Table)
            .AddSingleton(EventMarks.Table)
            .AddSingleton(UserDays.Table)
            .AddSingleton(ForgottenUsers.Table)
            .AddSingleton(RollupStore.Table)
            .AddSingleton<EventStore>()
            .AddSingleton<EventMarks>()
            .AddSingleton<EventMerger>()
            .AddSingleton<EventMeter>()
            .AddSingleton<EventReceiver>()
            .AddSingleton<UserHashes>()
            .AddSingleton<UserDays>()
            .AddSingleton<ForgottenUsers>()
            .AddSingleton<UserForgetter>()
            .AddSingleton<UserForgetting>()
            .AddSingleton<EventHourReader>()
            .AddSingleton<RollupStore>()
            .AddSingleton<EventRollups>()
            .AddSingleton<EventSource>()
            .AddSingleton<ISummarySource>(provider => provider.GetRequiredService<EventSource>())
            .AddSingleton<RollupReader>()
            .AddSingleton<RollupBodies>()
            .AddSingleton(provider => new AccessCookie("operations", "/operations", provider.GetRequiredService<OperationsKey>().Key, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<OperationsAccess>()
            .AddSingleton<OperationsApi>()
            .AddSingleton<OperationsHtml>()
            .AddSingleton<OperationsPage>();
    }
}
