using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Storage.Migrations;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What an operator does with a store and reads about it, from one test store or another.</summary>
public abstract class MigrateCommandTests(TestStores stores, string countOf2) : IAsyncLifetime
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(TestSite.Noon.UtcDateTime);

    private TestStore Store { get; } = stores.New();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Store.Dispose();
        return Task.CompletedTask;
    }

    [StoreFact]
    public async Task An_old_store_is_migrated_in_two_halves()
    {
        await OldStore.FillAsync(Store, Day, "a");
        const string pre = "  pre   001  copies the key of the users' hashes from USERDAYS to KEYS\n  pre   002  copies the rollups of events from SUMMARY to ROLLUPS\n";
        const string post = "  post  001  deletes the old key from USERDAYS\n  post  002  deletes the old rollups from SUMMARY and SERIES\n";

        var (exitCode, status) = await RunAsync("status");
        Assert.Equal(3, exitCode);
        Assert.StartsWith("TABLE         FORMAT            ROWS\n", status, StringComparison.Ordinal);
        Assert.Matches($@"\nUSERDAYS +0 +{countOf2}\n", status);
        Assert.EndsWith($"\n\nPending:\n{pre}{post}", status, StringComparison.Ordinal);

        Assert.Equal((0, $"To be done; nothing was changed:\n{pre}{post}"), await RunAsync("dry-run"));
        Assert.Equal((3, status), await RunAsync("status"));

        var early = await Assert.ThrowsAsync<StartupException>(() => RunAsync("post"));
        Assert.Equal("migrate post comes after a deployment, and pre is not done yet: start the new version, or run migrate pre or all.", early.Message);

        Assert.Equal((0, $"Done:\n{pre}"), await RunAsync("pre"));
        Assert.Equal((0, "Nothing to do.\n"), await RunAsync("pre"));
        (exitCode, status) = await RunAsync("status");
        Assert.Equal(3, exitCode);
        Assert.Matches(@"\nUSERDAYS +1 ", status);
        Assert.EndsWith($"\n\nPending:\n{post}", status, StringComparison.Ordinal);

        Assert.Equal((0, $"Done:\n{post}"), await RunAsync("post"));
        Assert.Equal((0, "Nothing to do.\n"), await RunAsync("post"));
        (exitCode, status) = await RunAsync("status");
        Assert.Equal(0, exitCode);
        Assert.EndsWith("\n\nNothing is pending.\n", status, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task All_is_what_migrate_does_where_nothing_is_said()
    {
        await OldStore.FillAsync(Store, Day, "a");
        var (_, toBeDone) = await RunAsync("dry-run");

        Assert.Equal((0, toBeDone.Replace("To be done; nothing was changed:", "Done:", StringComparison.Ordinal)), await RunAsync());

        Assert.Equal((0, "Nothing to do.\n"), await RunAsync("all"));
        await using var service = OldStore.Build(Store);
        var tables = service.Services.GetRequiredService<ITableStore>();
        await tables.InitializeAsync(default);
        Assert.Equal(OldStore.HashOf("a"), await OldStore.NewHashAsync(tables, "a"));
    }

    [StoreFact]
    public async Task Looking_at_no_store_makes_none()
    {
        var (exitCode, status) = await RunAsync("status");

        Assert.Equal(3, exitCode);
        Assert.Matches(@"\nRAW +0 +not there yet\n", status);
        Assert.Contains("\n  pre        creates the table RAW\n", status, StringComparison.Ordinal);
        Assert.Equal((3, status), await RunAsync("status"));

        var (_, done) = await RunAsync("pre");
        Assert.Equal(status[(status.IndexOf("Pending:", StringComparison.Ordinal) + "Pending:".Length)..], done["Done:".Length..]);
        Assert.Equal(0, (await RunAsync("status")).ExitCode);
    }

    [StoreFact]
    public async Task A_store_in_use_can_be_looked_at()
    {
        await using var site = await TestSite.StartAsync(Store);

        Assert.Equal(0, (await RunAsync("status")).ExitCode);
        Assert.Equal((0, "Nothing to do.\n"), await RunAsync("dry-run"));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = await CommandLine.Create()
            .Parse(["migrate", .. arguments, $"--{Store.Setting.Key}={Store.Setting.Value}", "--Logging:Console:LogLevel:Default=None"])
            .InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }
}

public sealed class SqliteMigrateCommandTests() : MigrateCommandTests(new SqliteStores(), "2");

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureMigrateCommandTests(Azurite azurite) : MigrateCommandTests(new AzuriteStores(azurite), "not counted");
