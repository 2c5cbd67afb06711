using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>A store in front of whose first batch something happens.</summary>
internal sealed class SlowStore(ITableStore inner, Action before) : StoreWrapper(inner)
{
    private Action? _before = before;

    public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
    {
        Interlocked.Exchange(ref _before, null)?.Invoke();
        return base.UpsertAsync(table, rows, notAfter, cancellation);
    }
}
