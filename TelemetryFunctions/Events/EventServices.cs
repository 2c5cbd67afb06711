using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>Registers the events: how they come in, how they are rolled up and how they are shown.</summary>
public static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton(EventStore.Table)
        .AddSingleton(EventMarks.Table)
        .AddSingleton(UserHashes.Table)
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
        .AddSingleton<OperationsApi>();
}
