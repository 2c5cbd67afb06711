using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>Registers the engine.</summary>
public static class SummaryServices
{
    public static IServiceCollection AddSummaries(this IServiceCollection services) => services
        .AddSingleton(SummaryProgressStore.Table)
        .AddSingleton(PointStore.Summary)
        .AddSingleton(PointStore.Series)
        .AddSingleton<SummaryProgressStore>()
        .AddSingleton<PointStore>()
        .AddSingleton<ImportedWindows>()
        .AddSingleton<KeptWindows>()
        .AddSingleton(SecretStore.Table)
        .AddSingleton<SecretStore>()
        .AddSingleton<LabelAudit>()
        .AddSingleton<PointNoise>()
        .AddSingleton<HeartbeatStore>()
        .AddSingleton<OutageStore>()
        .AddSingleton<ClockWatch>()
        .AddSingleton<StoreCheck>()
        .AddSingleton<SummaryRunner>()
        .AddSingleton<ScheduledSummaries>();
}
