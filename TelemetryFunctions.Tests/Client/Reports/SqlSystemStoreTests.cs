using System.Data.Common;
using Microsoft.Data.Sqlite;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

/// <summary>What the client's README shows for systems with a database does what it must.</summary>
public sealed class SqlSystemStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public void It_is_what_the_README_shows()
    {
        var source = Repository.Read("TelemetryFunctions.Tests", "Client", "Reports", "SqlSystemStore.cs");

        Assert.Contains(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..], Repository.Read("TelemetryFunctions.Client", "README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_nodes_with_one_database_are_one_system_of_which_one_reports()
    {
        using var rig = new ReportRig { Store = new SqlSystemStore(await OpenAsync()) };
        for (var node = 0; node < 3; node++)
            await rig.StartAsync();

        rig.Clock.Advance(TimeSpan.FromDays(5));

        Assert.Equal(rig.Reports.Count, rig.Reports.DistinctBy(report => report.At.Date).Count());
        Assert.InRange(rig.Reports.Count, 5, 6);
        Assert.Single(rig.Reports.DistinctBy(report => report.Key));
    }

    [Fact]
    public async Task Of_many_that_make_it_at_the_same_time_one_does()
    {
        var store = new SqlSystemStore(await OpenAsync());

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            await store.TryReplaceAsync(null, SystemState.Create(TestSite.Noon), CancellationToken.None))));

        Assert.Single(made, isMade => isMade);
    }

    private async Task<DbDataSource> OpenAsync()
    {
        var database = SqliteFactory.Instance.CreateDataSource($"Data Source={Path.Combine(_directory, "product.db")}");
        await using var create = database.CreateCommand("CREATE TABLE telemetry_system (id INTEGER PRIMARY KEY, state TEXT NOT NULL)");
        await create.ExecuteNonQueryAsync();
        return database;
    }
}
