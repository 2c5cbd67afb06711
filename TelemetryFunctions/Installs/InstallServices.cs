using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs.Pages;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>Registers the installs: how they come in, how they are rolled up and how they are shown.</summary>
public static class InstallServices
{
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddInstalls(this IServiceCollection services, IConfiguration configuration) => services
        .AddRelayKey(configuration)
        .AddSingleton(InstallOptions.Read(configuration))
        .AddSingleton(new InstallLimits())
        .AddSingleton(InstallStore.Table)
        .AddSingleton(SaltStore.Table)
        .AddSingleton(PackageStore.Packages)
        .AddSingleton(PackageStore.Versions)
        .AddSingleton(PackageListStore.Table)
        .AddSingleton(AgentStore.Table)
        .AddSingleton<InstallStore>()
        .AddSingleton<SaltStore>()
        .AddSingleton<PackageStore>()
        .AddSingleton<PackageListStore>()
        .AddSingleton<AgentStore>()
        .AddSingleton<AgentShareBuilder>()
        .AddSingleton<InstallPoints>()
        .AddSingleton<InstallRewind>()
        .AddSingleton<InstallArchive>()
        .AddSingleton<InstallMeter>()
        .AddSingleton<NotificationParser>()
        .AddSingleton<NotificationReceiver>()
        .AddSingleton<InstallAdmission>()
        .AddSingleton<InstallSource>()
        .AddSingleton<ISummarySource>(provider => provider.GetRequiredService<InstallSource>())
        .AddSingleton<PackageListPublisher>()
        .AddSingleton<ISummaryObserver>(provider => provider.GetRequiredService<PackageListPublisher>())
        .AddSingleton<IDisclosed, InstallDisclosure>()
        .AddSingleton<ISiteSection, InstallSection>()
        .AddSingleton<InstallPageLayout>()
        .AddSingleton<PackageListPage>()
        .AddSingleton<PackagePage>();
}
