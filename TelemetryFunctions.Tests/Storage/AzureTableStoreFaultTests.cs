using System.Diagnostics;
using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;
using static TelemetryFunctions.Tests.Support.FaultTransport;

namespace TelemetryFunctions.Tests.Storage;

public sealed class AzureTableStoreFaultTests(Azurite azurite) : FaultyStore(azurite)
{
    [AzuriteFact]
    public async Task A_throttled_request_is_sent_again_when_the_service_says()
    {
        foreach (var status in (int[])[503, 429])
        {
            Faults.Clear();
            Faults.Next(Answer(status, "", ("Retry-After", "1")), Answer(status));
            var waited = Stopwatch.StartNew();

            await UpsertAsync(Counted($"{status}", status));

            Assert.Equal(3, Faults.Tries.Count);
            // Retries are a millisecond apart but for the second that the service asked for.
            Assert.True(waited.Elapsed > TimeSpan.FromMilliseconds(900));
            Assert.Equal(status, (await Store.FindAsync(Table, "p", $"{status}"))!.Get(Count));
        }
    }

    [AzuriteFact]
    public async Task A_service_that_stays_away_is_reported_as_unavailable()
    {
        foreach (var fault in (Func<Try, ValueTask>[])[Answer(503), Answer(500), Answer(429), Answer(408), DropBefore])
        {
            Faults.Always = fault;
            await Assert.ThrowsAsync<StoreUnavailableException>(() => UpsertAsync(Counted("k")));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => UpsertAsync(Counted("k"), Counted("l")));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.FindAsync(Table, "p", "k"));
            await Assert.ThrowsAsync<StoreUnavailableException>(ScanAsync);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.TryWriteAsync(Table, Counted("k"), null));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.TryWriteAsync(Table, [Counted("k"), Counted("l")]));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.DeleteAsync(Table, "p", ["k"]));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.DeleteAsync(Table, "p", ["k", "l"]));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.DeletePartitionAsync(Table, "p"));
        }

        Faults.Clear();
        await UpsertAsync(Counted("k"));
        Assert.Single(await ScanAsync());
    }

    /// <remarks>Azurite deletes a table at once; the answer of the service, which takes its time, is made up here.</remarks>
    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_that_somebody_deleted_is_unavailable_until_it_is_made_again(bool isBeingDeleted)
    {
        var calls = new Func<Task>[]
        {
            () => UpsertAsync(Counted("k")),
            () => UpsertAsync(Counted("k"), Counted("l")),
            () => Store.FindAsync(Table, "p", "k"),
            ScanAsync,
            () => Store.TryWriteAsync(Table, Counted("k"), null),
            () => Store.TryWriteAsync(Table, Counted("k"), "W/\"datetime'2026-11-21T12%3A00%3A00.0000000Z'\""),
            () => Store.TryWriteAsync(Table, [Counted("k"), Counted("l")]),
            () => Store.DeleteAsync(Table, "p", ["k", "l"]),
            () => Store.DeletePartitionAsync(Table, "p"),
        };
        foreach (var call in calls)
        {
            if (isBeingDeleted)
                Faults.Always = Answer(409, """{"odata.error":{"code":"TableBeingDeleted","message":{"lang":"en-US","value":"The specified table is being deleted. Try operation later."}}}""", ("Content-Type", "application/json"));
            else
                await new TableServiceClient(ConnectionString).DeleteTableAsync(Table.Name);

            await Assert.ThrowsAsync<StoreUnavailableException>(call);

            Faults.Clear();
            await UpsertAsync(Counted("again"));
            Assert.NotNull(await Store.FindAsync(Table, "p", "again"));
        }
    }

    [AzuriteFact]
    public async Task A_write_whose_answer_is_lost_is_written_once()
    {
        await UpsertAsync(Counted("gone"), Counted("gone too"[..4] + "2"), Counted("stays"));

        Faults.Next(DropAfterwards);
        await UpsertAsync(Counted("a", 1));
        Faults.Next(DropAfterwards, LetThrough);
        await UpsertAsync(Counted("b", 2), Counted("c", 3));
        Faults.Next(DropAfterwards);
        await Store.DeleteAsync(Table, "p", ["gone", "gone2"]);

        Assert.Equal(["a", "b", "c", "stays"], (await ScanAsync()).Select(row => row.Key));
    }

    [AzuriteFact]
    public async Task A_conditional_write_whose_answer_is_lost_succeeds()
    {
        Faults.Next(DropAfterwards);
        var added = await Store.TryWriteAsync(Table, Counted("k", 1), null);
        Assert.NotNull(added);
        Assert.Equal(added, (await Store.FindAsync(Table, "p", "k"))!.ETag);

        Faults.Next(DropAfterwards);
        var updated = await Store.TryWriteAsync(Table, Counted("k", 2), added);
        Assert.NotNull(updated);
        var row = await Store.FindAsync(Table, "p", "k");
        Assert.Equal((2, updated), (row!.Get(Count), row.ETag));
    }

    [AzuriteFact]
    public async Task A_conditional_batch_whose_answer_is_lost_succeeds()
    {
        Faults.Next(DropAfterwards);
        var added = await Store.TryWriteAsync(Table, [Counted("k", 1), Counted("l", 1)]);
        Assert.Equal(added, (await ScanAsync()).Select(row => row.ETag));

        Faults.Next(DropAfterwards);
        var updated = await Store.TryWriteAsync(Table, [new Row("p", "l", Count.Of(2)) { ETag = added![1] }, Counted("m", 2)]);
        Assert.Equal([added[0], .. updated!], (await ScanAsync()).Select(row => row.ETag));
        Assert.Null(await Store.TryWriteAsync(Table, [Counted("k", 3), Counted("n", 3)]));
    }

    [AzuriteFact]
    public async Task A_conditional_write_that_was_dropped_fails_if_another_came_first_with_the_same_values()
    {
        var other = Open(ConnectionString);
        Faults.Next(
            async _ =>
            {
                Faults.Next(LetThrough);
                await other.TryWriteAsync(Table, Counted("k", 1), null);
                await DropBefore(_);
            });

        Assert.Null(await Store.TryWriteAsync(Table, Counted("k", 1), null));
    }

    [AzuriteFact]
    public async Task An_empty_page_that_goes_on_does_not_end_a_scan()
    {
        await UpsertAsync(Counted("a"), Counted("b"));
        Faults.Clear();
        Faults.Next(
            Answer(
                200,
                """{"odata.metadata":"m","value":[]}""",
                ("x-ms-continuation-NextPartitionKey", "1!4!it's"),
                ("x-ms-continuation-NextRowKey", "1!8!a%b")),
            Answer(200, """{"value":[]}""", ("x-ms-continuation-NextPartitionKey", "p+q")),
            async sent =>
            {
                sent.Message.Request.Uri.Query = sent.Uri.Query.Split("&NextPartitionKey")[0];
                await sent.SendAsync();
            });

        Assert.Equal(["a", "b"], (await ScanAsync()).Select(row => row.Key));
        var queries = Faults.Tries.Select(sent => sent.Uri.Query).ToList();
        Assert.EndsWith("&NextPartitionKey=1%214%21it%27s&NextRowKey=1%218%21a%25b", queries[1], StringComparison.Ordinal);
        Assert.EndsWith("&NextPartitionKey=p%2Bq", queries[2], StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_page_that_breaks_off_is_fetched_again()
    {
        await UpsertAsync(Counted("a"), Counted("b"));
        Faults.Clear();
        Faults.Next(
            async sent =>
            {
                await sent.SendAsync();
                sent.Message.Response.ContentStream = new BrokenStream(sent.Message.Response.ContentStream!);
            },
            Answer(503));

        Assert.Equal(["a", "b"], (await ScanAsync()).Select(row => row.Key));
        Assert.Equal(3, Faults.Tries.Count);
    }

    [AzuriteFact]
    public async Task A_write_is_not_sent_again_after_its_time()
    {
        Faults.Always = async sent =>
        {
            Time.Now += TimeSpan.FromMinutes(1);
            await Answer(503)(sent);
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Store.UpsertAsync(Table, [Counted("k")], Time.Now.AddSeconds(90)));

        Assert.Equal(2, Faults.Tries.Count);
    }

    [AzuriteFact]
    public async Task A_write_that_waited_too_long_behind_another_is_not_sent()
    {
        var hold = new TaskCompletionSource();
        Faults.Next(async sent =>
        {
            await hold.Task;
            await sent.SendAsync();
        });
        var first = UpsertAsync(Counted("first"));
        var late = Store.UpsertAsync(Table, [Counted("late")], Time.Now.AddSeconds(1));
        var patient = Store.UpsertAsync(Table, [Counted("patient")], Time.Now.AddHours(1));
        Time.Now += TimeSpan.FromSeconds(1);
        hold.SetResult();

        await Assert.ThrowsAsync<WriteExpiredException>(() => late);
        await Task.WhenAll(first, patient);
        Assert.Equal(["first", "patient"], (await ScanAsync()).Select(row => row.Key));
    }

    [AzuriteFact]
    public async Task A_service_that_is_not_there_stops_the_start_with_one_line()
    {
        var store = Open("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a");

        var error = await Assert.ThrowsAsync<StartupException>(() => store.InitializeAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.UpsertAsync(Table, [Counted("k")]));

        Assert.Contains("http://127.0.0.1:1/a", error.Message, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_table_that_is_still_being_deleted_stops_the_start_with_one_line()
    {
        Faults.Always = Answer(
            409,
            """{"odata.error":{"code":"TableBeingDeleted","message":{"lang":"en-US","value":"Being deleted.\nTry."}}}""");

        var error = await Assert.ThrowsAsync<StartupException>(() => Store.InitializeAsync(CancellationToken.None));

        Assert.Contains("(Being deleted)", error.Message, StringComparison.Ordinal);
        Faults.Clear();
        await Store.InitializeAsync(CancellationToken.None);
    }

    [AzuriteFact]
    public async Task A_wrong_key_stops_the_start_with_one_line()
    {
        var store = Open(ConnectionString.Replace("AccountKey=Eby", "AccountKey=Abc", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<StartupException>(() => store.InitializeAsync(CancellationToken.None));

        Assert.Contains("refuses this account", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The first bytes of another stream, then a connection that is gone.</summary>
    private sealed class BrokenStream(Stream whole) : MemoryStream
    {
        private bool _broken;

        // A client that knew the length would ask for no more than that, which is nothing here.
        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_broken)
                throw new IOException("The connection was dropped.");
            _broken = true;
            return whole.ReadAsync(buffer[..20], cancellationToken);
        }
    }
}
