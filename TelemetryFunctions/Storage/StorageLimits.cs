using System.Buffers;

namespace TelemetryFunctions.Storage;

/// <summary>
/// What every store refuses, whichever adapter is in use, so that data can move between them.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/azure/storage/tables/scalability-targets</remarks>
public static class StorageLimits
{
    /// <summary>Rows in one atomic batch.</summary>
    public const int MaxBatchRows = 100;

    /// <summary>Bytes of one atomic batch, as sent to the service.</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one row, keys included.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    /// <summary>Bytes of a binary column, or of a text column in UTF-16.</summary>
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>Columns of a row beside its keys.</summary>
    public const int MaxColumns = 252;

    /// <summary>Characters of a key. The service allows 1 KiB of UTF-16, which is 512.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Rows a page of a scan.</summary>
    public const int PageRows = 1000;

    // Every row of a batch carries multipart headers, and its keys twice: in the address, where a character can
    // take three bytes, and in the JSON.
    private const int RowOverheadBytes = 1024;
    private const int KeyCharacterBytes = 4;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-=ABCDEF~");

    /// <summary>Throws where a batch breaks a limit.</summary>
    /// <exception cref="ArgumentException">Names the limit and the row.</exception>
    public static void CheckBatch(TableSchema table, IReadOnlyList<Row> rows)
    {
        if (rows.Count is 0 or > MaxBatchRows)
            throw new ArgumentException($"A batch has 1 to {MaxBatchRows} rows; this one for {table.Name} has {rows.Count}.");

        long batchBytes = 0;
        foreach (var row in rows)
        {
            if (row.Partition != rows[0].Partition)
                throw new ArgumentException($"A batch has one partition; this one for {table.Name} has '{rows[0].Partition}' and '{row.Partition}'.");
            batchBytes += CheckRow(table, row);
        }

        if (batchBytes > MaxBatchBytes)
            throw new ArgumentException($"A batch has at most {MaxBatchBytes} bytes; this one for {table.Name} has {batchBytes}.");
    }

    /// <summary>Throws where a batch breaks a limit, or has a row twice.</summary>
    /// <exception cref="ArgumentException">Names the limit and the row.</exception>
    public static void CheckDistinctBatch(TableSchema table, IReadOnlyList<Row> rows)
    {
        CheckBatch(table, rows);
        var keys = new HashSet<string>(rows.Count, StringComparer.Ordinal);
        if (rows.FirstOrDefault(row => !keys.Add(row.Key)) is { } twice)
            throw new ArgumentException($"A conditional batch has a row once; this one for {table.Name} has '{twice.Key}' twice.");
    }

    /// <summary>Throws where a batch breaks a limit, has a row twice, or has one that was not read.</summary>
    /// <exception cref="ArgumentException">Names the limit and the row.</exception>
    public static void CheckReadBatch(TableSchema table, IReadOnlyList<Row> rows)
    {
        CheckDistinctBatch(table, rows);
        if (rows.FirstOrDefault(row => row.ETag is null) is { } unread)
            throw new ArgumentException($"A row is deleted as it was read; '{unread.Key}' of {table.Name} has no ETag.");
    }

    /// <summary>Throws where a row breaks a limit.</summary>
    /// <returns>An upper bound of the row's bytes as sent to the service.</returns>
    public static int CheckRow(TableSchema table, Row row)
    {
        CheckKey(row.Partition);
        CheckKey(row.Key);
        if (row.Cells.Length > MaxColumns)
            throw new ArgumentException($"A row has at most {MaxColumns} columns; '{row.Key}' of {table.Name} has {row.Cells.Length}.");

        var bytes = RowOverheadBytes + KeyCharacterBytes * (row.Partition.Length + row.Key.Length);
        var stored = 2 * (row.Partition.Length + row.Key.Length);
        foreach (var cell in row.Cells)
        {
            if (cell.Size > MaxValueBytes)
                throw new ArgumentException($"A value has at most {MaxValueBytes} bytes; {cell.Column.Name} of '{row.Key}' of {table.Name} has {cell.Size}.");
            bytes += cell.EncodedSize;
            stored += cell.Size;
        }

        if (stored > MaxRowBytes)
            throw new ArgumentException($"A row has at most {MaxRowBytes} bytes; '{row.Key}' of {table.Name} has {stored}.");
        return bytes;
    }

    /// <summary>Throws where a key is not ASCII as <see cref="KeyCodec"/> writes it.</summary>
    public static void CheckKey(string key)
    {
        if (key.Length is 0 or > MaxKeyLength)
            throw new ArgumentException($"A key has 1 to {MaxKeyLength} characters; this one has {key.Length}.");
        var bad = key.AsSpan().IndexOfAnyExcept(KeyCharacters);
        if (bad >= 0)
            throw new ArgumentException($"A key is made by KeyCodec; U+{(int)key[bad]:X4} at {bad} is not one of its characters.");
    }
}
