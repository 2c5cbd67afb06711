using Azure.Data.Tables;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>What must hold with many clients at once, on every adapter.</summary>
public abstract class InstallConcurrency
{
    private const int Notifications = 5000;
    private const int Clients = 700;
    private const int Packages = 25;
    private const int Threads = 64;

    [StoreFact]
    public async Task Five_thousand_notifications_with_duplicates_give_the_distinct_count()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 12, 10, 0, TimeSpan.Zero));
        var store = await OpenAsync(clock);

        // Two instances, as behind a load balancer, on one store.
        InstallSite[] sites = [new(store, clock), new(store, clock)];
        var random = new Random(5);
        var sent = Enumerable.Range(0, Notifications)
            .Select(_ => (Client: random.Next(Clients), Download: new Download($"vendor/package-{random.Next(Packages)}", $"{random.Next(3)}.0.0")))
            .ToList();
        var threads = Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var i = thread; i < sent.Count; i += Threads)
                await sites[i % sites.Length].NotifyAsync(sent[i].Client, sent[i].Download);
        }));
        await Task.WhenAll(threads);

        clock.Advance(TimeSpan.FromHours(1));
        await sites[0].RollUpAsync();
        var listed = await sites[1].List.ReadAsync(default);
        Assert.Equal(
            sent.Distinct().CountBy(install => install.Download.Package).OrderBy(package => package.Key, StringComparer.Ordinal).Select(package => (package.Key, (long)package.Value)),
            listed.Find("", PackageOrder.Name, 1, Packages).Packages.Select(package => (package.Name, package.Total)));
        Assert.Equal(sent.Distinct().Count(), listed.Find("", PackageOrder.Name, 1, Packages).Packages.Sum(package => package.Total));
    }

    [StoreFact]
    public async Task Two_runners_at_once_count_once()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 12, 10, 0, TimeSpan.Zero));
        var store = await OpenAsync(clock);
        InstallSite[] sites = [new(store, clock), new(store, clock)];
        for (var client = 0; client < 20; client++)
            await sites[0].NotifyAsync(client, new Download("a/b", "1"), new Download("a/c", "1"));

        // Past the lease, as where one of them lost it without knowing.
        var window = Window.At(clock.GetUtcNow(), TimeSpan.FromHours(1));
        await Task.WhenAll(sites.Select(site => Task.Run(() => site.Source.SummarizeAsync(window, false, default))));
        foreach (var package in new[] { "a/b", "a/c" })
        {
            Assert.Equal(20, (await sites[0].Packages.FindAsync(package, default))!.Total);
            Assert.Equal(20, (await sites[0].ReadPointsAsync(package, byVersion: true)).Single().Value);
        }
    }

    /// <summary>An initialized store with empty tables.</summary>
    protected abstract Task<ITableStore> OpenAsync(TimeProvider clock);
}

public sealed class SqliteInstallConcurrencyTests : InstallConcurrency, IAsyncLifetime, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("installs-");
    private SqliteTableStore? _store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    protected override async Task<ITableStore> OpenAsync(TimeProvider clock)
    {
        _store = new SqliteTableStore(_directory.FullName, InstallSite.Tables, clock);
        await _store.InitializeAsync(CancellationToken.None);
        return _store;
    }
}

[RequiresAzurite]
public sealed class AzureInstallConcurrencyTests : InstallConcurrency, IAsyncLifetime, IAsyncDisposable
{
    // One of its own: the tables have fixed names.
    private readonly Azurite _azurite = new();

    public Task InitializeAsync() => _azurite.InitializeAsync();

    public Task DisposeAsync() => _azurite.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await _azurite.DisposeAsync();

    protected override async Task<ITableStore> OpenAsync(TimeProvider clock)
    {
        var store = new AzureTableStore(
            options => new TableServiceClient(_azurite.ConnectionString, options), InstallSite.Tables, clock);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }
}
