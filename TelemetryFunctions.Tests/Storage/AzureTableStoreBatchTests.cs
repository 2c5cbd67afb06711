using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>How writes share requests.</summary>
public sealed class AzureTableStoreBatchTests(Azurite azurite) : FaultyStore(azurite)
{
    [AzuriteFact]
    public async Task A_write_on_an_idle_partition_leaves_alone_and_at_once()
    {
        for (var i = 0; i < 10; i++)
            await UpsertAsync(Counted($"{i}"));

        Assert.Equal(Enumerable.Repeat(1, 10), Faults.Tries.Select(sent => sent.Rows));
        Assert.All(Faults.Tries, sent => Assert.Equal("PUT", sent.Method));
        Assert.Equal(0, Store.BusyPartitions);
    }

    [AzuriteFact]
    public async Task Writers_that_come_during_a_write_leave_together()
    {
        var writes = await HoldFirstAsync(() => Enumerable.Range(0, 250).Select(i => UpsertAsync(Counted($"{i:D3}"))));
        await Task.WhenAll(writes);

        Assert.Equal([1, 100, 100, 50], Faults.Tries.Select(sent => sent.Rows));
        Assert.Equal(251, (await ScanAsync()).Count);
        Assert.Equal(0, Store.BusyPartitions);
    }

    [AzuriteFact]
    public async Task Batches_average_many_rows_under_load()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
                await UpsertAsync(Counted($"{writer}-{i}"));
        }));

        Assert.Equal(64 * 20, (await ScanAsync()).Count);
        var writes = Faults.Tries.Where(sent => sent.Method != "GET").ToList();
        Assert.True(writes.Average(sent => sent.Rows) > 8, $"{writes.Average(sent => sent.Rows)} rows a request.");
    }

    [AzuriteFact]
    public async Task Another_partition_does_not_wait()
    {
        var hold = new TaskCompletionSource();
        Faults.Next(async sent =>
        {
            await hold.Task;
            await sent.SendAsync();
        });
        var held = UpsertAsync(Counted("held"));

        await Store.UpsertAsync(Table, [new Row("other", "k", Count.Of(1))]);

        Assert.False(held.IsCompleted);
        hold.SetResult();
        await held;
    }

    [AzuriteFact]
    public async Task Of_writes_of_one_row_that_leave_together_the_last_one_counts()
    {
        var writes = await HoldFirstAsync(() => Enumerable.Range(1, 30).Select(i => UpsertAsync(Counted("k", i))));
        await Task.WhenAll(writes);

        Assert.Equal([1, 1], Faults.Tries.Select(sent => sent.Rows));
        Assert.Equal(30, (await Store.FindAsync(Table, "p", "k"))!.Get(Count));
    }

    [AzuriteFact]
    public async Task A_callers_batch_is_never_split()
    {
        var writes = await HoldFirstAsync(() => Enumerable.Range(0, 5).Select(batch =>
            UpsertAsync([.. Enumerable.Range(0, 60).Select(i => Counted($"{batch}-{i}"))])));
        await Task.WhenAll(writes);

        Assert.Equal([1, 60, 60, 60, 60, 60], Faults.Tries.Select(sent => sent.Rows));
    }

    [AzuriteFact]
    public async Task Requests_stay_below_4_MiB()
    {
        var payload = new byte[StorageLimits.MaxValueBytes];
        var writes = await HoldFirstAsync(() => Enumerable.Range(0, 100).Select(i =>
            UpsertAsync(new Row("p", $"{i:D2}", Payload.Of(payload)))));
        await Task.WhenAll(writes);

        Assert.All(Faults.Tries, sent => Assert.True(sent.Body.Length <= StorageLimits.MaxBatchBytes));
        Assert.Equal([1, 47, 47, 6], Faults.Tries.Select(sent => sent.Rows));
    }

    [AzuriteFact]
    public async Task The_largest_batch_fits_whatever_its_keys()
    {
        var partition = new string('=', StorageLimits.MaxKeyLength);
        var payload = new byte[24_000];
        Row[] rows = [.. Enumerable.Range(0, 100).Select(i =>
            new Row(partition, new string('=', StorageLimits.MaxKeyLength - 2) + $"{i:D2}", Payload.Of(payload)))];
        var fitting = rows.Length;
        while (rows.Take(fitting).Sum(row => (long)StorageLimits.CheckRow(Table, row)) > StorageLimits.MaxBatchBytes)
            fitting--;

        await UpsertAsync(rows[..fitting]);

        Assert.InRange(Assert.Single(Faults.Tries).Body.Length, StorageLimits.MaxBatchBytes * 8 / 10, StorageLimits.MaxBatchBytes);
        Assert.Equal(fitting, (await ScanAsync()).Count);
    }

    [AzuriteFact]
    public async Task Writers_of_a_refused_transaction_are_tried_one_by_one()
    {
        var writes = await HoldFirstAsync(
            () => Enumerable.Range(0, 3).Select(i => UpsertAsync(Counted($"{i}"))),
            FaultTransport.Answer(400),
            FaultTransport.LetThrough,
            FaultTransport.Answer(413));

        await writes[0];
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => writes[1]);
        await writes[2];
        Assert.Equal(["0", "2", "first"], (await ScanAsync()).Select(row => row.Key));
    }

    [AzuriteFact]
    public async Task Rows_of_a_caller_that_gave_up_are_not_sent_and_the_others_are()
    {
        using var impatient = new CancellationTokenSource();
        Task? cancelled = null;
        var writes = await HoldFirstAsync(() =>
        {
            cancelled = Store.UpsertAsync(Table, [Counted("cancelled")], null, impatient.Token);
            impatient.Cancel();
            return [UpsertAsync(Counted("other"))];
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled!);
        await Task.WhenAll(writes);
        Assert.Equal(["first", "other"], (await ScanAsync()).Select(row => row.Key));
    }

    /// <summary>Starts the writes while a first one, of the row "first", is on its way; then lets it arrive.</summary>
    private async Task<List<Task>> HoldFirstAsync(
        Func<IEnumerable<Task>> write,
        params Func<FaultTransport.Try, ValueTask>[] then)
    {
        var hold = new TaskCompletionSource();
        Faults.Next(async sent =>
        {
            await hold.Task;
            await sent.SendAsync();
        });
        Faults.Next(then);
        var first = UpsertAsync(Counted("first"));
        var writes = write().ToList();
        hold.SetResult();
        await first;
        return writes;
    }
}
