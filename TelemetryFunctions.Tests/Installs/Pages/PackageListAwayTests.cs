using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs.Pages;

/// <summary>The list while the store is slow or away.</summary>
public sealed class PackageListAwayTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(At);
    private readonly HeadStore _store;
    private readonly PackageListStore _list;

    public PackageListAwayTests()
    {
        _store = new HeadStore(new MemoryTableStore(_clock));
        _list = Lists.Open(_store, new PackageStore(_store), _clock);
    }

    public void Dispose() => _list.Dispose();

    [Fact]
    public async Task While_one_looks_the_others_are_answered_with_the_list_there_is()
    {
        await PublishAndReadAsync();
        _store.Answer = new TaskCompletionSource();
        var looking = _list.ReadAsync(default).AsTask();
        for (var i = 0; i < 20; i++)
        {
            var other = _list.ReadAsync(default);
            Assert.True(other.IsCompleted);
            Assert.Equal(At, (await other).Through);
        }

        Assert.False(looking.IsCompleted);
        _store.Answer.SetException(new StoreUnavailableException("It is away."));
        Assert.Equal(At, (await looking).Through);
    }

    [Fact]
    public async Task A_store_that_is_away_is_looked_for_again_some_seconds_later()
    {
        await PublishAndReadAsync();
        _store.Answer = new TaskCompletionSource();
        _store.Answer.SetException(new StoreUnavailableException("It is away."));
        var before = _store.Looks;
        for (var i = 0; i < 20; i++)
            Assert.Equal(At, (await _list.ReadAsync(default)).Through);
        Assert.Equal(1, _store.Looks - before);

        _clock.Advance(TimeSpan.FromSeconds(6));
        await _list.ReadAsync(default);
        Assert.Equal(2, _store.Looks - before);
    }

    [Fact]
    public async Task Without_a_list_all_who_waited_hear_at_once_that_the_store_is_away()
    {
        _store.Answer = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 20).Select(_ => _list.ReadAsync(default).AsTask()).ToList();
        _store.Answer.SetException(new StoreUnavailableException("It is away."));
        foreach (var read in waiting)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => read);
        Assert.Equal(1, _store.Looks);

        _store.Answer = null;
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null((await _list.ReadAsync(default)).Through);
        await PublishAndReadAsync();
    }

    private async Task PublishAndReadAsync()
    {
        await _list.PublishAsync(At, default);
        Assert.Equal(At, (await _list.ReadAsync(default)).Through);
        _clock.Advance(TimeSpan.FromSeconds(6));
    }

    /// <summary>A store that finds nothing before a test lets it, where a test wants that.</summary>
    private sealed class HeadStore(ITableStore inner) : StoreWrapper(inner)
    {
        private int _looks;

        public TaskCompletionSource? Answer { get; set; }

        public int Looks => _looks;

        public override async Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _looks);
            if (Answer is { } answer)
                await answer.Task;
            return await base.FindAsync(table, partition, key, cancellation);
        }
    }
}
