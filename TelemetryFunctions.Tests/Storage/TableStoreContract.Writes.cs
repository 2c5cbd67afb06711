using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>Batches, conditional writes and deletes.</summary>
public abstract partial class TableStoreContract
{
    [StoreFact]
    public async Task Of_rows_with_the_same_key_in_a_batch_the_last_one_counts()
    {
        await Store.UpsertAsync(Table, [Counted("p", "k", 1), Counted("p", "other", 9), Counted("p", "k", 2)]);

        Assert.Equal([2L, 9L], (await ScanAsync(KeyRange.Partition("p"))).Select(row => row.Get(Count)));
    }

    [StoreFact]
    public async Task A_batch_over_a_limit_is_refused_and_nothing_of_it_stored()
    {
        Row[] tooMany = [.. Enumerable.Range(0, 101).Select(i => Counted("p", $"{i}"))];
        Row[] tooLarge = [.. Enumerable.Range(0, 100).Select(i => new Row("p", $"{i}", Payload.Of(new byte[65_536])))];
        Row[] twoPartitions = [Counted("p", "a"), Counted("q", "b")];
        Row[] badKeyLast = [Counted("p", "a"), Counted("p", "B/")];

        foreach (var batch in (Row[][])[[], tooMany, tooLarge, twoPartitions, badKeyLast])
            await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(Table, batch));

        Assert.Empty(await ScanAsync(KeyRange.All));
    }

    [StoreFact]
    public async Task A_batch_of_the_greatest_size_is_stored()
    {
        await Store.UpsertAsync(Table, [.. Enumerable.Range(0, 100).Select(i => Counted("p", $"{i:D3}", i))]);
        await Store.UpsertAsync(
            Table,
            [.. Enumerable.Range(0, 47).Select(i => new Row("q", $"{i:D2}", Payload.Of(new byte[65_536])))]);

        Assert.Equal(100, (await KeysAsync(KeyRange.Partition("p"))).Count);
        Assert.Equal(47, (await KeysAsync(KeyRange.Partition("q"))).Count);
    }

    [StoreFact]
    public async Task A_row_is_written_under_a_null_tag_only_where_there_is_none()
    {
        var etag = await Store.TryWriteAsync(Table, Counted("p", "k", 1), null);
        var again = await Store.TryWriteAsync(Table, Counted("p", "k", 2), null);
        var same = await Store.TryWriteAsync(Table, Counted("p", "k", 1), null);

        Assert.NotNull(etag);
        Assert.Null(again);
        Assert.Null(same);
        var row = await Store.FindAsync(Table, "p", "k");
        Assert.Equal((1, etag), (row!.Get(Count), row.ETag));
    }

    [StoreFact]
    public async Task A_row_is_written_under_its_tag_once()
    {
        var first = await Store.TryWriteAsync(Table, Counted("p", "k", 1), null);
        var second = await Store.TryWriteAsync(Table, new Row("p", "k", Text.Of("2")), first);
        var stale = await Store.TryWriteAsync(Table, new Row("p", "k", Text.Of("2")), first);
        var third = await Store.TryWriteAsync(Table, new Row("p", "k", Text.Of("3")), second);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(stale);
        Assert.NotNull(third);
        var row = await Store.FindAsync(Table, "p", "k");
        Assert.Equal(("3", third), (row!.Get(Text), row.ETag));
        Assert.Single(row.Cells);
    }

    [StoreFact]
    public async Task A_batch_under_tags_is_written_where_all_of_them_are_right_and_else_nothing_of_it()
    {
        var added = await Store.TryWriteAsync(Table, [Counted("p", "a", 1), Counted("p", "b", 1)]);
        Assert.Equal(2, added!.Distinct().Count());
        Assert.Equal(added, (await ScanAsync(KeyRange.Partition("p"))).Select(row => row.ETag));
        Row Next(string key, long count, string? etag) => new("p", key, Count.Of(count)) { ETag = etag };

        var mixed = await Store.TryWriteAsync(Table, [Next("c", 2, null), Next("a", 2, added![0]), Next("b", 2, added[1])]);
        Assert.NotNull(mixed);
        Assert.Equal([2L, 2, 2], (await ScanAsync(KeyRange.Partition("p"))).Select(row => row.Get(Count)));

        var (c, a, b) = (mixed[0], mixed[1], mixed[2]);
        await Store.DeleteAsync(Table, "p", ["c"]);
        foreach (var batch in (Row[][])[
            [Next("a", 3, a), Next("b", 3, added[1])], [Next("b", 3, added[1]), Next("a", 3, a)],
            [Next("a", 3, a), Next("b", 3, null)], [Next("d", 3, null), Next("a", 3, null)],
            [Next("a", 3, a), Next("c", 3, c)], [Next("c", 3, c)], [Next("a", 3, null)]])
        {
            Assert.Null(await Store.TryWriteAsync(Table, batch));
        }

        Assert.Equal([2L, 2], (await ScanAsync(KeyRange.Partition("p"))).Select(row => row.Get(Count)));
        Assert.NotNull(await Store.TryWriteAsync(Table, [Next("a", 3, a), Next("b", 3, b)]));
    }

    [StoreFact]
    public async Task A_batch_under_tags_has_the_limits_of_a_batch_and_each_row_once()
    {
        Row[] tooMany = [.. Enumerable.Range(0, 101).Select(i => Counted("p", $"{i}"))];
        foreach (var batch in (Row[][])[[], tooMany, [Counted("p", "a"), Counted("q", "b")], [Counted("p", "a"), Counted("p", "a")]])
            await Assert.ThrowsAsync<ArgumentException>(() => Store.TryWriteAsync(Table, batch));

        Assert.Equal(100, (await Store.TryWriteAsync(Table, tooMany[1..]))!.Count);
        Assert.Equal(100, (await ScanAsync(KeyRange.All)).Count);
    }

    [StoreFact]
    public async Task Of_batches_under_tags_that_have_a_row_in_common_one_is_written()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.TryWriteAsync(Table, [Counted("p", $"own{i}", i), Counted("p", "common", i)])));

        var first = Array.FindIndex(written, etags => etags is not null);
        Assert.Single(written, etags => etags is not null);
        Assert.Equal(["common", $"own{first}"], await KeysAsync(KeyRange.Partition("p")));
    }

    [StoreFact]
    public async Task An_upsert_and_a_delete_make_a_tag_stale()
    {
        var upserted = await Store.TryWriteAsync(Table, Counted("p", "upserted"), null);
        var deleted = await Store.TryWriteAsync(Table, Counted("p", "deleted"), null);
        await Store.UpsertAsync(Table, [Counted("p", "upserted")]);
        await Store.DeleteAsync(Table, "p", ["deleted"]);

        Assert.Null(await Store.TryWriteAsync(Table, Counted("p", "upserted", 1), upserted));
        Assert.Null(await Store.TryWriteAsync(Table, Counted("p", "deleted", 1), deleted));
        Assert.NotNull(await Store.TryWriteAsync(Table, Counted("p", "deleted", 2), null));
    }

    [StoreFact]
    public async Task Rows_of_many_partitions_are_written_each_under_its_own_ETag()
    {
        var known = (await Store.TryWriteAsync(Table, Counted("p", "known", 1), null))!;
        await Store.UpsertAsync(Table, [Counted("q", "changed", 1)]);

        var written = await Store.TryWriteEachAsync(Table,
        [
            new Row("p", "known", Count.Of(2)) { ETag = known },
            new Row("q", "changed", Count.Of(2)) { ETag = known },
            Counted("r", "new", 2),
            Counted("p", "known", 3),
            Counted("s", "new", 2),
        ]);

        Assert.Equal([true, false, true, false, true], written);
        Assert.Equal(
            [("p", "known", 2L), ("q", "changed", 1L), ("r", "new", 2L), ("s", "new", 2L)],
            await Store.ScanAsync(Table, KeyRange.All).Select(row => (row.Partition, row.Key, row.Get(Count))).ToListAsync());
        Assert.Empty(await Store.TryWriteEachAsync(Table, []));
    }

    [StoreFact]
    public async Task Rows_are_deleted_as_they_were_read_or_none_of_them()
    {
        await Store.UpsertAsync(Table, [Counted("p", "a"), Counted("p", "b"), Counted("p", "c")]);
        var read = await Store.ScanAsync(Table, KeyRange.Partition("p"), []).ToListAsync();
        await Store.UpsertAsync(Table, [Counted("p", "b", 1)]);

        Assert.False(await Store.TryDeleteAsync(Table, [read[0], read[1]]));
        Assert.False(await Store.TryDeleteAsync(Table, [read[1]]));
        Assert.Equal(["a", "b", "c"], await KeysAsync(KeyRange.Partition("p")));

        Assert.True(await Store.TryDeleteAsync(Table, [read[0], read[2]]));
        Assert.False(await Store.TryDeleteAsync(Table, [read[0]]));
        await Store.UpsertAsync(Table, [Counted("p", "a")]);
        Assert.False(await Store.TryDeleteAsync(Table, [read[0]]));
        Assert.Equal(["a", "b"], await KeysAsync(KeyRange.Partition("p")));

        foreach (var batch in (Row[][])[[], [Counted("p", "b")], [read[0], read[0]]])
            await Assert.ThrowsAsync<ArgumentException>(() => Store.TryDeleteAsync(Table, batch));
    }

    [StoreFact]
    public async Task Deleted_rows_are_gone_and_missing_ones_no_error()
    {
        await Store.UpsertAsync(Table, [Counted("p", "a"), Counted("p", "b"), Counted("p", "c"), Counted("p", "d")]);
        await Store.UpsertAsync(Table, [Counted("q", "a")]);

        await Store.DeleteAsync(Table, "p", ["a"]);
        await Store.DeleteAsync(Table, "p", ["a"]);
        await Store.DeleteAsync(Table, "p", []);
        await Store.DeleteAsync(Table, "p", ["none", "b", "missing", "b", "d"]);
        await Store.DeleteAsync(Table, "empty", ["a", "b"]);

        Assert.Equal(["c"], await KeysAsync(KeyRange.Partition("p")));
        Assert.Equal(["a"], await KeysAsync(KeyRange.Partition("q")));
    }

    [StoreFact]
    public async Task More_rows_than_a_batch_holds_are_deleted_in_one_call()
    {
        await FillAsync("p", 300);

        await Store.DeleteAsync(Table, "p", [.. Enumerable.Range(50, 250).Select(i => i.ToString("D5", null))]);

        Assert.Equal(50, (await KeysAsync(KeyRange.Partition("p"))).Count);
    }

    [StoreFact]
    public async Task A_deleted_partition_is_empty_and_the_others_are_not()
    {
        await FillAsync("p", 2_501);
        await FillAsync("pa", 3);
        await FillAsync("o", 3);

        await Store.DeletePartitionAsync(Table, "p");
        await Store.DeletePartitionAsync(Table, "never");
        await Store.PurgeAsync();

        Assert.Empty(await KeysAsync(KeyRange.Partition("p")));
        Assert.Equal(6, (await KeysAsync(KeyRange.All)).Count);
    }

    [StoreFact]
    public async Task A_write_whose_time_has_passed_is_not_stored()
    {
        var now = DateTimeOffset.UtcNow;

        await Assert.ThrowsAsync<WriteExpiredException>(
            () => Store.UpsertAsync(Table, [Counted("p", "late"), Counted("p", "later")], now.AddSeconds(-1)));
        await Store.UpsertAsync(Table, [Counted("p", "early")], now.AddHours(1));

        Assert.Equal(["early"], await KeysAsync(KeyRange.Partition("p")));
    }
}
