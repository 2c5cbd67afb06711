using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// Has the store's files looked through once a night, and keeps when that was: a row of STATE, partition = <c>health</c>,
/// key = <c>check</c>.
/// </summary>
public sealed class StoreCheck(ITableStore store, TimeProvider clock)
{
    internal const string Partition = "health";
    private const string Key = "check";

    // After the day that has closed is summarized, and before people get up in most of the world.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(3);

    /// <summary>When the files were last found in order, or null where they never were or can't be looked at.</summary>
    public async Task<DateTimeOffset?> FindLastAsync(CancellationToken cancellation) =>
        await store.FindAsync(SummaryProgressStore.Table, Partition, Key, cancellation) is { } row ? row.Get(SummaryProgressStore.Through) : null;

    /// <summary>Looks the files through where that was not done since 3 o'clock (UTC).</summary>
    public async Task RunIfDueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = Window.Day(now - Hour).Start + Hour;
        if (await FindLastAsync(cancellation) is { } last && last >= due && last <= now)
            return;

        try
        {
            if (await store.CheckAsync(cancellation))
                await store.UpsertAsync(SummaryProgressStore.Table, [new Row(Partition, Key, SummaryProgressStore.Through.Of(now))], cancellation: cancellation);
        }
        catch (StoreUnavailableException)
        {
            // The store's watch tells the operator; the next hour tries again.
        }
    }
}
