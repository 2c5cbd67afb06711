using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>The installs of one process, put together on a store without a host.</summary>
internal sealed class InstallSite
{
    /// <summary>A user agent of somebody's machine.</summary>
    public const string Agent = "Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1)";

    /// <summary>A user agent of a machine in CI.</summary>
    public const string CiAgent = "Composer/2.8.1 (Linux; 6.8.0; PHP 8.3.14; cURL 8.5.0; CI)";

    private readonly SummaryRunner _runner;

    public InstallSite(ITableStore store, TimeProvider clock, int dedupeSeconds = 3600, InstallLimits? limits = null)
    {
        var options = new InstallOptions(TimeSpan.FromSeconds(dedupeSeconds), FrozenSet<string>.Empty, MinimumLabelInstalls: 3);
        Salts = new SaltStore(store);
        Installs = new InstallStore(store, Salts, options, clock);
        Packages = new PackageStore(store);
        Points = new PointStore(store);
        Agents = new AgentStore(store);
        List = new PackageListStore(store, Packages, new AgentShareBuilder(Agents, options), clock);
        Progress = new SummaryProgressStore(store);
        limits ??= new InstallLimits();
        Services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Source = new InstallSource(
            Installs,
            Salts,
            Packages,
            new InstallPoints(Points),
            Agents,
            new InstallAdmission(Packages, limits),
            new InstallRewind(Packages, new InstallPoints(Points)),
            options,
            limits,
            new InstallMeter(Services.GetRequiredService<IMeterFactory>()),
            NullLogger<InstallSource>.Instance);
        _runner = new SummaryRunner(store, Progress, new ClockWatch(new HeartbeatStore(store), clock), [new PackageListPublisher(List)], clock, NullLogger<SummaryRunner>.Instance);
    }

    /// <summary>Every table that the installs use.</summary>
    public static IReadOnlyList<TableSchema> Tables { get; } =
    [
        InstallStore.Table, SaltStore.Table, PackageStore.Packages, PackageStore.Versions, PackageListStore.Table, AgentStore.Table,
        PointStore.Summary, PointStore.Series, SummaryProgressStore.Table,
    ];

    /// <summary>Has the meters.</summary>
    public IServiceProvider Services { get; }

    public SaltStore Salts { get; }

    public InstallStore Installs { get; }

    public PackageStore Packages { get; }

    public PointStore Points { get; }

    public AgentStore Agents { get; }

    public PackageListStore List { get; }

    public SummaryProgressStore Progress { get; }

    public InstallSource Source { get; }

    /// <summary>A client, told by its number, notifies of downloads.</summary>
    public Task NotifyAsync(int client, params Download[] downloads) => NotifyAsAsync(Agent, client, downloads);

    /// <summary>The same with a user agent of its own.</summary>
    public Task NotifyAsAsync(string userAgent, int client, params Download[] downloads) =>
        Installs.StoreAsync(downloads, new InstallClient(new IPAddress([10, 0, (byte)(client >> 8), (byte)client]), userAgent), CancellationToken.None);

    /// <summary>The hourly timer.</summary>
    public Task<RunResult?> RollUpAsync() => _runner.RunDueAsync(Source, CancellationToken.None);

    public async Task<Dictionary<string, Counter>> ReadVersionsAsync(string package) =>
        await Packages.ReadVersionsAsync(package, CancellationToken.None).ToDictionaryAsync(version => version.Version, version => version.Counter);

    /// <summary>The daily points of a package, or, by label, of its versions.</summary>
    public async Task<Dictionary<(DateOnly Day, string Label), long>> ReadPointsAsync(string package, bool byVersion) =>
        await Points.ReadPointsAsync(new SeriesKey("installs", byVersion ? "version" : null, package), DateTimeOffset.UnixEpoch, CancellationToken.None)
            .ToDictionaryAsync(
                point => (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(point.Ms).UtcDateTime), point.Label),
                point => (long)point.Value);
}
