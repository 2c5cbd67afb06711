using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>Writers at the same time.</summary>
public abstract partial class TableStoreContract
{
    [StoreFact]
    public async Task Concurrent_writers_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i =>
            Store.UpsertAsync(Table, [Counted($"p{i % 3}", $"{i:D4}", i)])));

        var rows = await ScanAsync(KeyRange.All);
        Assert.Equal(Enumerable.Range(0, 600).Select(i => (long)i), rows.Select(row => row.Get(Count)).Order());
        Assert.All(rows, row => Assert.Equal(row.Key, row.Get(Count).ToString("D4", null)));
    }

    [StoreFact]
    public async Task Of_concurrent_writers_of_one_row_one_wins()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Store.UpsertAsync(Table, [new Row("p", "k", Count.Of(i), Text.Of($"{i}"))])));

        var row = Assert.Single(await ScanAsync(KeyRange.Partition("p")));
        Assert.Equal($"{row.Get(Count)}", row.Get(Text));
    }

    [StoreFact]
    public async Task A_writer_that_comes_last_is_what_is_read()
    {
        var earlier = Enumerable.Range(0, 50).Select(i => Store.UpsertAsync(Table, [Counted("p", "k", i)])).ToList();
        var last = Store.UpsertAsync(Table, [Counted("p", "k", 50)]);
        await Task.WhenAll([.. earlier, last]);

        Assert.Equal(50, (await Store.FindAsync(Table, "p", "k"))!.Get(Count));
    }

    [StoreFact]
    public async Task Large_rows_of_many_writers_are_all_stored()
    {
        var payload = new byte[StorageLimits.MaxValueBytes];
        Random.Shared.NextBytes(payload);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            Store.UpsertAsync(Table, [new Row("p", $"{i:D3}", Payload.Of(payload))])));

        var rows = await ScanAsync(KeyRange.Partition("p"));
        Assert.Equal(100, rows.Count);
        Assert.All(rows, row => Assert.Equal(payload, row.Get(Payload)));
    }

    [StoreFact]
    public async Task Concurrent_batches_stay_whole()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(batch =>
            Store.UpsertAsync(Table, [.. Enumerable.Range(0, 60).Select(i => Counted("p", $"{i:D2}", batch))])));

        var rows = await ScanAsync(KeyRange.Partition("p"));
        Assert.Equal(60, rows.Count);
        Assert.Single(rows.Select(row => row.Get(Count)).Distinct());
    }

    [StoreFact]
    public async Task A_refused_batch_does_not_harm_the_writers_beside_it()
    {
        var good = Enumerable.Range(0, 50).Select(i => Store.UpsertAsync(Table, [Counted("p", $"{i:D2}", i)])).ToList();
        await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(Table, [Counted("p", "bad!")]));
        await Task.WhenAll(good);

        Assert.Equal(50, (await KeysAsync(KeyRange.Partition("p"))).Count);
    }

    [StoreFact]
    public async Task A_counter_kept_by_conditional_writes_counts_every_increment()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
                await IncrementAsync();
        })));

        Assert.Equal(200, (await Store.FindAsync(Table, "p", "counter"))!.Get(Count));
    }

    [StoreFact]
    public async Task Of_concurrent_first_writers_exactly_one_succeeds()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Store.TryWriteAsync(Table, Counted("p", "lease", 1), null)));

        var winner = Assert.Single(etags, etag => etag is not null);
        Assert.Equal(winner, (await Store.FindAsync(Table, "p", "lease"))!.ETag);
    }

    private async Task IncrementAsync()
    {
        while (true)
        {
            var row = await Store.FindAsync(Table, "p", "counter");
            var next = Counted("p", "counter", (row?.Get(Count) ?? 0) + 1);
            if (await Store.TryWriteAsync(Table, next, row?.ETag) is not null)
                return;
        }
    }
}
