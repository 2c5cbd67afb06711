using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>Order, ranges, columns and pages.</summary>
public abstract partial class TableStoreContract
{
    private const string KeyCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-=ABCDEF~";

    [StoreFact]
    public async Task Keys_are_scanned_in_ordinal_order()
    {
        string[] keys = [.. KeyCharacters.Select(c => $"{c}"), "a.", "a-b", "aa", "a~", "a=20", "10", "19", "100"];
        await Store.UpsertAsync(Table, [.. keys.Select(key => Counted("p", key))]);

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(KeyRange.Partition("p")));
    }

    [StoreFact]
    public async Task Partitions_are_scanned_in_ordinal_order_and_their_keys_within()
    {
        foreach (var partition in KeyCharacters.Reverse())
            await Store.UpsertAsync(Table, [Counted($"{partition}", "b"), Counted($"{partition}", "a")]);

        var rows = await ScanAsync(KeyRange.All, []);

        var expected = KeyCharacters.Order().SelectMany(c => new[] { ($"{c}", "a"), ($"{c}", "b") });
        Assert.Equal(expected, rows.Select(row => (row.Partition, row.Key)));
    }

    [StoreFact]
    public async Task A_range_has_its_start_and_not_its_end()
    {
        await Store.UpsertAsync(Table, [.. "abcdef".Select(c => Counted("p", $"{c}"))]);
        await Store.UpsertAsync(Table, [Counted("o", "c"), Counted("o", "d")]);
        await Store.UpsertAsync(Table, [Counted("q", "c")]);

        Assert.Equal(["b", "c"], await KeysAsync(KeyRange.Keys("p", "b", "d")));
        Assert.Equal(["e", "f"], await KeysAsync(KeyRange.Keys("p", "e", null)));
        Assert.Equal(["a", "b"], await KeysAsync(KeyRange.Keys("p", null, "c")));
        Assert.Empty(await KeysAsync(KeyRange.Keys("p", "d", "d")));
        Assert.Empty(await KeysAsync(KeyRange.Keys("p", "d", "b")));
        Assert.Empty(await KeysAsync(KeyRange.Partition("none")));
        Assert.Equal(["c", "d"], await KeysAsync(KeyRange.Partitions("a", "p")));
        Assert.Equal(["c", "d", "a", "b", "c", "d", "e", "f"], await KeysAsync(KeyRange.Partitions("o", "q")));
        Assert.Empty(await KeysAsync(KeyRange.Partitions("r", "z")));
    }

    [StoreFact]
    public async Task A_prefix_has_every_key_that_starts_with_it()
    {
        await Store.UpsertAsync(
            Table,
            [Counted("p", "1"), Counted("p", "12"), Counted("p", "12~"), Counted("p", "12~z"), Counted("p", "13"), Counted("p", "12a")]);

        Assert.Equal(["12~", "12~z"], await KeysAsync(KeyRange.Prefix("p", "12~")));
        Assert.Equal(["12", "12a", "12~", "12~z"], await KeysAsync(KeyRange.Prefix("p", "12")));
    }

    [StoreFact]
    public async Task A_scan_fetches_the_columns_it_names()
    {
        await Store.UpsertAsync(Table, [new Row("p", "k", Count.Of(1), Text.Of("t"), Value.Of(0.5))]);

        var all = Assert.Single(await ScanAsync(KeyRange.Partition("p")));
        var none = Assert.Single(await ScanAsync(KeyRange.Partition("p"), []));
        var some = Assert.Single(await ScanAsync(KeyRange.Partition("p"), [Text, Payload]));

        Assert.Equal((1, "t", 0.5), (all.Get(Count), all.Get(Text), all.Get(Value)));
        Assert.Equal(("p", "k"), (none.Partition, none.Key));
        Assert.Empty(none.Cells);
        Assert.Equal("t", some.Get(Text));
        Assert.Single(some.Cells);
    }

    [StoreFact]
    public async Task A_scanned_row_carries_the_tag_that_a_conditional_write_takes()
    {
        await Store.UpsertAsync(Table, [Counted("p", "k", 1)]);

        var row = Assert.Single(await ScanAsync(KeyRange.Partition("p"), []));

        Assert.NotNull(await Store.TryWriteAsync(Table, Counted("p", "k", 2), row.ETag));
    }

    [StoreFact]
    public async Task A_scan_goes_on_over_many_pages()
    {
        await FillAsync("a", 2_600);
        await FillAsync("b", 150);

        var rows = await ScanAsync(KeyRange.Partition("a"), [Count]);
        Assert.Equal(Enumerable.Range(0, 2_600).Select(i => i.ToString("D5", null)), rows.Select(row => row.Key));
        Assert.Equal(Enumerable.Range(0, 2_600).Select(i => (long)i), rows.Select(row => row.Get(Count)));
        Assert.Equal(2_750, (await KeysAsync(KeyRange.Partitions("a", "c"))).Count);
        Assert.Equal(1_500, (await KeysAsync(KeyRange.Keys("a", "00500", "02000"))).Count);
    }

    [StoreFact]
    public async Task A_scan_can_be_left_and_its_rows_changed_meanwhile()
    {
        await FillAsync("p", 1_200);

        await foreach (var row in Store.ScanAsync(Table, KeyRange.Partition("p")))
        {
            await Store.UpsertAsync(Table, [Counted("p", row.Key, -1)]);
            if (row.Key == "00010")
                break;
        }

        Assert.Equal(11, (await ScanAsync(KeyRange.Partition("p"))).Count(row => row.Get(Count) == -1));
    }

    [StoreFact]
    public async Task A_cancelled_scan_ends()
    {
        await FillAsync("p", 1_200);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Store.ScanAsync(Table, KeyRange.Partition("p"), null, cancellation.Token))
                await cancellation.CancelAsync();
        });
    }
}
