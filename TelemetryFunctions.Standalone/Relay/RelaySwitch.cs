using System.Security.Cryptography;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>The table RELAYSTATE, of one row: what a relay keeps of itself.</summary>
internal sealed class RelaySwitch(ITableStore store)
{
    private const string Partition = "relay";
    private const string Key = "state";

    private static readonly Column<long> Offset = new("Offset");
    private static readonly Column<DateTimeOffset> PausedSince = new("PausedSince");
    private static readonly Column<DateTimeOffset> LastRun = new("LastRun");

    public static TableSchema Table { get; } = new("RELAYSTATE", Offset, PausedSince, LastRun);

    /// <summary>What there is; the first time, with a schedule that is drawn for this installation.</summary>
    public async Task<RelayMemory> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(Table, Partition, Key, cancellation) is { } row)
                return Read(row);
            await store.TryWriteAsync(Table, new Row(Partition, Key, Offset.Of(RandomNumberGenerator.GetInt32(RelaySchedule.SecondsAnHour))), null, cancellation);
        }
    }

    public Task PauseAsync(DateTimeOffset since, CancellationToken cancellation) => ChangeAsync(memory => memory with { PausedSince = memory.PausedSince ?? since }, cancellation);

    public Task ResumeAsync(CancellationToken cancellation) => ChangeAsync(memory => memory with { PausedSince = null }, cancellation);

    public Task NoteRunAsync(DateTimeOffset time, CancellationToken cancellation) => ChangeAsync(memory => memory with { LastRun = time }, cancellation);

    private async Task ChangeAsync(Func<RelayMemory, RelayMemory> change, CancellationToken cancellation)
    {
        RelayMemory memory;
        do
            memory = await ReadAsync(cancellation);
        while (await store.TryWriteAsync(Table, ToRow(change(memory)), memory.ETag, cancellation) is null);
    }

    private static Row ToRow(RelayMemory memory)
    {
        var cells = new List<Cell> { Offset.Of(memory.OffsetSeconds) };
        if (memory.PausedSince is { } paused)
            cells.Add(PausedSince.Of(paused));
        if (memory.LastRun is { } run)
            cells.Add(LastRun.Of(run));
        return new Row(Partition, Key, [.. cells]);
    }

    private static RelayMemory Read(Row row) => new((int)row.Get(Offset), Time(row, PausedSince), Time(row, LastRun)) { ETag = row.ETag };

    private static DateTimeOffset? Time(Row row, Column<DateTimeOffset> column) =>
        row.Get(column, DateTimeOffset.MinValue) is var time && time > DateTimeOffset.MinValue ? time : null;
}

/// <summary>What a relay keeps of itself.</summary>
/// <param name="OffsetSeconds">Seconds after the full hour at which it sends.</param>
/// <param name="PausedSince">Since when it is paused; null where it is not.</param>
/// <param name="LastRun">When it last went through all that is staged, and nothing failed; null before that.</param>
internal sealed record RelayMemory(int OffsetSeconds, DateTimeOffset? PausedSince, DateTimeOffset? LastRun)
{
    public string? ETag { get; init; }
}
