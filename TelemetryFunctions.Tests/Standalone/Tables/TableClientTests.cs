using Azure;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Tables;

/// <summary>The table client on a real table service: what the official one was seen to do.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TableClientTests(Azurite azurite) : IAsyncLifetime
{
    private readonly TableClient _table =
        new TableServiceClient(azurite.ConnectionString).GetTableClient($"T{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        if (Azurite.WhyMissing is null)
            await _table.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [AzuriteFact]
    public async Task A_table_that_exists_is_not_created_again()
    {
        var again = await _table.CreateIfNotExistsAsync();

        Assert.Equal(409, again.GetRawResponse().Status);
    }

    [AzuriteFact]
    public async Task Values_come_back_in_their_types()
    {
        var time = new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.FromHours(1)).AddTicks(7);
        var id = Guid.NewGuid();
        var entity = new TableEntity("p", "k")
        {
            ["Text"] = "t",
            ["Bytes"] = new byte[] { 1, 2 },
            ["Yes"] = true,
            ["Int"] = 7,
            ["Long"] = 7L,
            ["Double"] = 7.0,
            ["Half"] = 0.5,
            ["Time"] = time,
            ["Id"] = id,
            ["Null"] = null!,
        };
        await _table.AddEntityAsync(entity);

        var read = (await _table.GetEntityIfExistsAsync<TableEntity>("p", "k")).Value!;

        Assert.Equal("t", read.GetString("Text"));
        Assert.Equal([1, 2], read.GetBinary("Bytes")!);
        Assert.True(read.GetBoolean("Yes"));
        Assert.Equal(7, read.GetInt32("Int"));
        Assert.Equal(7L, read.GetInt64("Long"));
        Assert.Equal(7.0, read.GetDouble("Double"));
        Assert.Equal(0.5, read.GetDouble("Half"));
        Assert.Equal(time, read.GetDateTimeOffset("Time"));
        Assert.Equal(id, read.GetGuid("Id"));
        Assert.False(read.ContainsKey("Null"));
        Assert.NotNull(read.Timestamp);
        Assert.NotEqual(default, read.ETag);
        Assert.Throws<InvalidOperationException>(() => read.GetInt64("Int"));
        Assert.Null(read.GetInt64("Missing"));
    }

    [AzuriteFact]
    public async Task Keys_and_filters_take_any_text()
    {
        // The service itself takes no slash, backslash, number sign or question mark in a key.
        string[] keys = ["it's", "''", "100%", "%27", "a b", "a+b", "a&b=c;d", "ü€😀", "<\"{}>", "(k)", "$batch", "~"];
        foreach (var key in keys)
            await _table.UpsertEntityAsync(new TableEntity($"p {key}", key) { ["Value"] = key }, TableUpdateMode.Replace);
        await _table.SubmitTransactionAsync(keys.Select(key => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace,
            new TableEntity("batch ü'%", key) { ["Value"] = key })));

        foreach (var key in keys)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>($"p {key}", key);
            Assert.Equal(key, found.Value!.GetString("Value"));
            var queried = await ToListAsync(_table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {"batch ü'%"} and RowKey eq {key} and Value eq {key}")));
            Assert.Equal(key, Assert.Single(queried).RowKey);
        }

        await _table.DeleteEntityAsync("batch ü'%", "it's");
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("batch ü'%", "it's")).HasValue);
    }

    [AzuriteFact]
    public async Task Refusals_carry_the_services_status_and_code()
    {
        var entity = new TableEntity("p", "k") { ["A"] = 1 };
        var etag = (await _table.AddEntityAsync(entity)).Headers.ETag!.Value;
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace);

        var exists = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(entity));
        var stale = await Assert.ThrowsAsync<RequestFailedException>(
            () => _table.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace));
        var missing = await Assert.ThrowsAsync<RequestFailedException>(
            () => _table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All, TableUpdateMode.Replace));
        var noTable = await Assert.ThrowsAsync<RequestFailedException>(
            () => new TableServiceClient(azurite.ConnectionString).GetTableClient("Missing").AddEntityAsync(entity));

        Assert.Equal((409, "EntityAlreadyExists"), (exists.Status, exists.ErrorCode));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (stale.Status, stale.ErrorCode));
        Assert.Equal((404, "ResourceNotFound"), (missing.Status, missing.ErrorCode));
        Assert.Equal((404, "TableNotFound"), (noTable.Status, noTable.ErrorCode));
        await Assert.ThrowsAsync<ArgumentException>(() => _table.UpdateEntityAsync(entity, default));
    }

    [AzuriteFact]
    public async Task Deleting_a_missing_row_answers_404_without_an_error()
    {
        Assert.Equal(404, (await _table.DeleteEntityAsync("p", "none")).Status);
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "none")).HasValue);
    }

    [AzuriteFact]
    public async Task Merge_keeps_what_a_write_does_not_name_and_replace_does_not()
    {
        await _table.UpsertEntityAsync(new TableEntity("p", "k") { ["A"] = 1, ["B"] = 1 });
        var merged = await _table.UpsertEntityAsync(new TableEntity("p", "k") { ["B"] = 2 });
        var afterMerge = (await _table.GetEntityIfExistsAsync<TableEntity>("p", "k")).Value!;
        await _table.UpdateEntityAsync(
            new TableEntity("p", "k") { ["B"] = 3 },
            merged.Headers.ETag!.Value,
            TableUpdateMode.Replace);
        var afterReplace = (await _table.GetEntityIfExistsAsync<TableEntity>("p", "k")).Value!;

        Assert.Equal((1, 2), (afterMerge.GetInt32("A"), afterMerge.GetInt32("B")));
        Assert.Equal(merged.Headers.ETag, afterMerge.ETag);
        Assert.Equal((null, 3), (afterReplace.GetInt32("A"), afterReplace.GetInt32("B")));
    }

    [AzuriteFact]
    public async Task A_transaction_that_fails_names_the_action_and_writes_nothing()
    {
        await _table.AddEntityAsync(new TableEntity("p", "2"));

        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
            Enumerable.Range(0, 5).Select(i => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity("p", $"{i}")))));

        Assert.Equal(2, error.FailedTransactionActionIndex);
        Assert.Equal((409, "EntityAlreadyExists"), (error.Status, error.ErrorCode));
        Assert.Equal("2", Assert.Single(await ToListAsync(_table.QueryAsync<TableEntity>())).RowKey);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _table.SubmitTransactionAsync([]));
    }

    [AzuriteFact]
    public async Task A_transaction_answers_for_each_of_its_actions()
    {
        await _table.AddEntityAsync(new TableEntity("p", "gone"));
        var kept = (await _table.AddEntityAsync(new TableEntity("p", "kept"))).Headers.ETag!.Value;

        var answers = (await _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Delete, new TableEntity("p", "gone")),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "kept") { ["A"] = 1 }, kept),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "new") { ["A"] = "{\"}\r\n--x" }),
        ])).Value;

        Assert.Equal([204, 204, 204], answers.Select(answer => answer.Status));
        var rows = await ToListAsync(_table.QueryAsync<TableEntity>());
        Assert.Equal(["kept", "new"], rows.Select(row => row.RowKey));
        Assert.Equal(answers[1].Headers.ETag, rows[0].ETag);
        Assert.Equal("{\"}\r\n--x", rows[1].GetString("A"));
    }

    [AzuriteFact]
    public async Task A_query_selects_pages_and_resumes()
    {
        await _table.SubmitTransactionAsync(Enumerable.Range(0, 25).Select(i => new TableTransactionAction(
            TableTransactionActionType.Add,
            new TableEntity("p", $"{i:D2}") { ["A"] = i, ["B"] = i })));

        var selected = await ToListAsync(_table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 10, ["RowKey", "A"]));
        var pages = new List<Page<TableEntity>>();
        await foreach (var page in _table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages())
            pages.Add(page);
        var resumed = new List<Page<TableEntity>>();
        await foreach (var page in _table.QueryAsync<TableEntity>().AsPages(pages[0].ContinuationToken, 15))
            resumed.Add(page);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => (int?)i), selected.Select(row => row.GetInt32("A")));
        Assert.All(selected, row => Assert.False(row.ContainsKey("B") || row.ContainsKey("PartitionKey")));
        Assert.All(selected, row => Assert.NotEqual(default, row.ETag));
        Assert.Equal([10, 10, 5], pages.Select(page => page.Values.Count));
        Assert.Null(pages[2].ContinuationToken);
        Assert.Equal("10", resumed[0].Values[0].RowKey);
        Assert.Equal(15, resumed.Sum(page => page.Values.Count));
    }

    [AzuriteFact]
    public async Task A_bad_filter_is_refused_when_the_query_is_enumerated()
    {
        var query = _table.QueryAsync<TableEntity>("this is no filter");

        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => ToListAsync(query))).Status);
    }

    private static async Task<List<TableEntity>> ToListAsync(AsyncPageable<TableEntity> query)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in query)
            rows.Add(row);
        return rows;
    }
}
