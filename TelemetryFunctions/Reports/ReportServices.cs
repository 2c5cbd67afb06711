using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>Registers the reports: how they come in and how they are summarized.</summary>
public static class ReportServices
{
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddReports(this IServiceCollection services, IConfiguration configuration) => services
        .AddRelayKey(configuration)
        .AddSingleton(ReportOptions.Read(configuration))
        .AddSingleton(ReportMetrics.Read(configuration))
        .AddSingleton(ReportStore.Table)
        .AddSingleton(SystemRegistry.Table)
        .AddSingleton<Exclusions>()
        .AddSingleton<ReportStore>()
        .AddSingleton<SystemRegistry>()
        .AddSingleton<ReportMeter>()
        .AddSingleton<ReportAdmission>()
        .AddSingleton<ReportReceiver>()
        .AddSingleton<ReportAnswers>()
        .AddSingleton<SystemForgetter>()
        .AddSingleton<SystemReader>()
        .AddSingleton<SystemAnswers>()
        .AddSingleton<ReportNames>()
        .AddSingleton<ReportSource>()
        .AddSingleton<ISummarySource>(provider => provider.GetRequiredService<ReportSource>());
}
