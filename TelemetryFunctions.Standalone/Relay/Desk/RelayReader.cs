using TelemetryFunctions.Standalone.Sqlite;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>Reads what a relay has, whether it runs or not.</summary>
internal sealed class RelayReader : IAsyncDisposable
{
    private readonly SqliteTableStore _store;

    private RelayReader(SqliteTableStore store) => (_store, Items) = (store, new RelayStore(store, TimeProvider.System));

    public RelayStore Items { get; }

    /// <exception cref="StartupException">No relay has ever run there.</exception>
    public static RelayReader Open(string directory)
    {
        RelayDirectory.ThrowIfNone(directory);
        return new RelayReader(RelayDirectory.OpenStore(directory));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
