namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>
/// Has one transaction per partition in flight: who comes meanwhile leaves together with the next one, and who
/// finds the partition idle leaves at once.
/// </summary>
/// <param name="send">Writes the rows of a batch, all or none, in one request.</param>
/// <param name="time">For the writes' deadlines.</param>
internal sealed class WriteCoalescer(Func<TableSchema, WriteBatch, Task> send, TimeProvider time)
{
    private readonly Dictionary<(TableSchema Table, string Partition), Queue<PendingWrite>> _busy = [];

    /// <summary>Partitions with a transaction in flight.</summary>
    public int BusyPartitions
    {
        get
        {
            lock (_busy)
                return _busy.Count;
        }
    }

    /// <summary>
    /// Completes when the rows are durable. Rows that wait when <paramref name="cancellation"/> is requested are not sent.
    /// </summary>
    public Task WriteAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter, CancellationToken cancellation)
    {
        var write = new PendingWrite(rows, notAfter, cancellation);
        var partition = (table, rows[0].Partition);
        lock (_busy)
        {
            if (_busy.TryGetValue(partition, out var waiting))
            {
                waiting.Enqueue(write);
                return write.Done.WaitAsync(cancellation);
            }

            _busy.Add(partition, new Queue<PendingWrite>([write]));
        }

        _ = DrainAsync(partition);
        return write.Done.WaitAsync(cancellation);
    }

    private async Task DrainAsync((TableSchema Table, string Partition) partition)
    {
        while (TakeBatch(partition) is { } batch)
        {
            if (batch.Writes.Count > 0)
                await WriteAsync(partition.Table, batch);
        }
    }

    /// <summary>The next batch; null, and the partition is idle, where nobody waits.</summary>
    private WriteBatch? TakeBatch((TableSchema Table, string Partition) partition)
    {
        lock (_busy)
        {
            var waiting = _busy[partition];
            if (waiting.Count == 0)
            {
                _busy.Remove(partition);
                return null;
            }

            var batch = new WriteBatch(partition.Table);
            while (waiting.TryPeek(out var write))
            {
                if (write.IsAbandoned)
                    write.Abandon();
                else if (write.NotAfter <= time.GetUtcNow())
                    write.Fail(new WriteExpiredException(write.NotAfter.Value));
                else if (!batch.TryAdd(write))
                    break;
                waiting.Dequeue();
            }

            return batch;
        }
    }

    private async Task WriteAsync(TableSchema table, WriteBatch batch)
    {
        try
        {
            await send(table, batch);
            batch.Writes.ForEach(write => write.Succeed());
        }
        catch (Exception e) when (batch.Writes.Count == 1 || AzureErrors.IsUnavailable(e))
        {
            batch.Writes.ForEach(write => write.Fail(e));
        }
        catch (Exception)
        {
            // One caller's rows must not fail another's: each on its own.
            foreach (var write in batch.Writes)
            {
                var alone = new WriteBatch(table);
                alone.TryAdd(write);
                await WriteAsync(table, alone);
            }
        }
    }
}
