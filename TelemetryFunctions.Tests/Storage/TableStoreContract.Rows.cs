using System.Text;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>Values and keys.</summary>
public abstract partial class TableStoreContract
{
    [StoreFact]
    public async Task A_row_is_found_as_it_was_written()
    {
        var at = new DateTimeOffset(2026, 11, 21, 23, 59, 59, TimeSpan.FromHours(2)).AddTicks(1234567);
        byte[] payload = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        await Store.UpsertAsync(
            Table,
            [new Row("p", "k", Payload.Of(payload), Text.Of("it's 100% \"new\"\n<ü€😀>"), Count.Of(-5), Value.Of(2.5), At.Of(at))]);

        var row = await Store.FindAsync(Table, "p", "k");

        Assert.NotNull(row);
        Assert.Equal(("p", "k"), (row.Partition, row.Key));
        Assert.Equal(payload, row.Get(Payload));
        Assert.Equal("it's 100% \"new\"\n<ü€😀>", row.Get(Text));
        Assert.Equal(-5, row.Get(Count));
        Assert.Equal(2.5, row.Get(Value));
        Assert.Equal(at, row.Get(At));
        Assert.Equal(TimeSpan.Zero, row.Get(At).Offset);
        Assert.False(string.IsNullOrEmpty(row.ETag));
    }

    [StoreFact]
    public async Task Values_at_the_edge_of_their_type_come_back()
    {
        double[] numbers = [0, 3, -3, 1e300, -1e-300, double.MaxValue, double.Epsilon, 1.0 / 3, int.MaxValue, 1e15, 1e21];
        long[] counts = [0, long.MinValue, long.MaxValue, int.MaxValue, int.MinValue, 1L << 53];
        await Store.UpsertAsync(Table, [.. numbers.Select((number, i) => new Row("n", $"{i}", Value.Of(number)))]);
        await Store.UpsertAsync(Table, [.. counts.Select((count, i) => new Row("c", $"{i}", Count.Of(count)))]);

        for (var i = 0; i < numbers.Length; i++)
            Assert.Equal(numbers[i], (await Store.FindAsync(Table, "n", $"{i}"))!.Get(Value));
        for (var i = 0; i < counts.Length; i++)
            Assert.Equal(counts[i], (await Store.FindAsync(Table, "c", $"{i}"))!.Get(Count));
    }

    [StoreFact]
    public async Task Empty_bytes_and_empty_text_are_values()
    {
        await Store.UpsertAsync(Table, [new Row("p", "k", Payload.Of([]), Text.Of(""))]);

        var row = await Store.FindAsync(Table, "p", "k");

        Assert.Equal([], row!.Get(Payload));
        Assert.Equal("", row.Get(Text));
    }

    [StoreFact]
    public async Task Columns_that_were_not_written_are_not_set()
    {
        await Store.UpsertAsync(Table, [new Row("p", "none"), new Row("p", "some", Count.Of(1))]);

        Assert.Empty((await Store.FindAsync(Table, "p", "none"))!.Cells);
        var some = await Store.FindAsync(Table, "p", "some");
        Assert.Equal(1, some!.Get(Count));
        Assert.Throws<KeyNotFoundException>(() => some.Get(Text));
        Assert.Equal("none", some.Get(Text, "none"));
    }

    [StoreFact]
    public async Task A_written_row_replaces_all_of_the_stored_one()
    {
        await Store.UpsertAsync(Table, [new Row("p", "k", Count.Of(1), Text.Of("old"))]);
        var before = await Store.FindAsync(Table, "p", "k");
        await Store.UpsertAsync(Table, [new Row("p", "k", Count.Of(2))]);
        var after = await Store.FindAsync(Table, "p", "k");

        Assert.Equal(2, after!.Get(Count));
        Assert.Equal("", after.Get(Text, ""));
        Assert.NotEqual(before!.ETag, after.ETag);
    }

    [StoreFact]
    public async Task A_missing_row_is_null()
    {
        await Store.UpsertAsync(Table, [Counted("p", "k")]);

        Assert.Null(await Store.FindAsync(Table, "p", "other"));
        Assert.Null(await Store.FindAsync(Table, "other", "k"));
    }

    [StoreFact]
    public async Task Any_text_is_a_key_once_it_is_encoded()
    {
        string[] texts =
        [
            .. Enumerable.Range(0, 256).Select(i => $"{(char)i}"),
            "😀", "it's", "100%", "%27", "a/b\\c#d?e", "''", " ", "ü'%😀", "A", "a", new string('ÿ', 80),
        ];
        foreach (var slice in texts.Chunk(StorageLimits.MaxBatchRows))
        {
            await Store.UpsertAsync(
                Table,
                [.. slice.Select(text => new Row("p", KeyCodec.Encode(text), Text.Of(text)))]);
        }

        await Store.UpsertAsync(Table, [.. texts.Take(1).Select(text => Counted(KeyCodec.Encode("it's 100% ü"), "k", 7))]);

        foreach (var text in texts)
            Assert.Equal(text, (await Store.FindAsync(Table, "p", KeyCodec.Encode(text)))!.Get(Text));
        var scanned = await ScanAsync(KeyRange.Partition("p"));
        Assert.Equal(texts.Distinct().Count(), scanned.Count);
        Assert.All(scanned, row => Assert.Equal(row.Get(Text), KeyCodec.Decode(row.Key)));
        Assert.Equal(["k"], await KeysAsync(KeyRange.Partition(KeyCodec.Encode("it's 100% ü"))));
    }

    [StoreFact]
    public async Task Keys_that_the_codec_does_not_make_are_refused()
    {
        string[] bad = ["", "/", "a b", "it's", "ü", "Z", "a\nb", new string('a', StorageLimits.MaxKeyLength + 1)];
        foreach (var key in bad)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(Table, [Counted("p", key)]));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.UpsertAsync(Table, [Counted(key, "k")]));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.TryWriteAsync(Table, Counted("p", key), null));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(Table, "p", key));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(Table, "p", [key]));
        }

        Assert.Empty(await ScanAsync(KeyRange.All));
    }

    [StoreFact]
    public async Task Keys_of_the_greatest_length_are_kept()
    {
        var key = string.Concat(Enumerable.Repeat(KeyCodec.Encode("ü"), StorageLimits.MaxKeyLength / 6));
        await Store.UpsertAsync(Table, [Counted(key, key, 1), Counted(key, new string('k', StorageLimits.MaxKeyLength), 2)]);

        Assert.Equal(1, (await Store.FindAsync(Table, key, key))!.Get(Count));
        Assert.Equal([key, new string('k', StorageLimits.MaxKeyLength)], await KeysAsync(KeyRange.Partition(key)));
    }

    [StoreFact]
    public async Task A_value_over_64_KiB_is_refused_and_one_of_64_KiB_is_kept()
    {
        var largest = new byte[StorageLimits.MaxValueBytes];
        Random.Shared.NextBytes(largest);
        var longest = new StringBuilder().Append('<', StorageLimits.MaxValueBytes / 2).ToString();
        await Store.UpsertAsync(Table, [new Row("p", "k", Payload.Of(largest), Text.Of(longest))]);

        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.UpsertAsync(Table, [new Row("p", "k", Payload.Of([.. largest, 0]))]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.UpsertAsync(Table, [new Row("p", "k", Text.Of(longest + "<"))]));

        var row = await Store.FindAsync(Table, "p", "k");
        Assert.Equal(largest, row!.Get(Payload));
        Assert.Equal(longest, row.Get(Text));
    }
}
