using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>What tests use in the place of a store promises what a store does.</summary>
public sealed class MemoryTableStoreTests : TableStoreContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<ITableStore> OpenAsync(params TableSchema[] tables) =>
        Task.FromResult<ITableStore>(new MemoryTableStore(TimeProvider.System));
}
