using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Reports, summaries and a store that can be killed, without a host.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestEngine(ServiceProvider services, KillableStore store, ManualClock clock) =>
        (_services, Store, Clock) = (services, store, clock);

    public KillableStore Store { get; }

    public ManualClock Clock { get; }

    public ReportSource Source => Service<ReportSource>();

    public static Task<TestEngine> OpenAsync(string directory, ManualClock clock, params (string Key, string Value)[] settings) =>
        OpenAsync(clock, store => store, [.. settings, ("Telemetry:DataDirectory", directory)]);

    public static Task<TestEngine> OpenAsync(TestStore tables, ManualClock clock, params (string Key, string Value)[] settings) =>
        OpenAsync(clock, store => store, [.. settings, tables.Setting]);

    /// <summary>Opens a store, and puts <paramref name="wrap"/> around what <see cref="Store"/> kills.</summary>
    public static Task<TestEngine> OpenAsync(
        TestStore tables, ManualClock clock, Func<ITableStore, ITableStore> wrap, params (string Key, string Value)[] settings) =>
        OpenAsync(clock, wrap, [.. settings, tables.Setting]);

    private static async Task<TestEngine> OpenAsync(
        ManualClock clock, Func<ITableStore, ITableStore> wrap, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddStorage(configuration)
            .AddSummaries()
            .AddReports(configuration);
        KillableStore? store = null;
        var inner = services.Last(service => service.ServiceType == typeof(ITableStore));
        services.AddSingleton<ITableStore>(provider => store = new KillableStore(wrap((ITableStore)inner.ImplementationFactory!(provider))));

        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ITableStore>().InitializeAsync(CancellationToken.None);
        return new TestEngine(provider, store!, clock);
    }

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task ReceiveAsync(Report report) =>
        Service<ReportReceiver>().ReceiveAsync(report.ToByteArray(), ReportFormat.Protobuf, CancellationToken.None);

    public async Task<RunResult> SummarizeAsync() =>
        (await Service<SummaryRunner>().RunDueAsync(Source, CancellationToken.None))!;

    /// <summary>A table's rows as text, but for ETags.</summary>
    public async Task<List<string>> DumpAsync(TableSchema table) =>
        await Store.ScanAsync(table, KeyRange.All)
            .Select(row => $"{row.Partition}|{row.Key}|{string.Join(',', row.Cells.Select(cell => $"{cell.Column.Name}={cell.Reference ?? cell.Bits}"))}")
            .ToListAsync();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
