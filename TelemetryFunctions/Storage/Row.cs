namespace TelemetryFunctions.Storage;

/// <summary>A row: its keys and those of its columns that are set.</summary>
/// <param name="partition">The partition key, made by <see cref="KeyCodec"/>.</param>
/// <param name="key">The row's key in its partition, made by <see cref="KeyCodec"/>.</param>
/// <param name="cells">The columns that are set.</param>
public sealed class Row(string partition, string key, params Cell[] cells)
{
    public string Partition { get; } = partition;

    public string Key { get; } = key;

    public Cell[] Cells { get; } = cells;

    /// <summary>Changes with every write; set on rows that were read, and on those that are to be written in their place.</summary>
    public string? ETag { get; init; }

    /// <summary>The value of a column.</summary>
    /// <exception cref="KeyNotFoundException">The column is not set, or was not asked for.</exception>
    public T Get<T>(Column<T> column)
        where T : notnull
    {
        foreach (ref readonly var cell in Cells.AsSpan())
        {
            if (cell.Column == column)
                return Column<T>.Read(cell);
        }

        throw new KeyNotFoundException($"Row '{Key}' of partition '{Partition}' has no {column.Name}.");
    }

    /// <summary>The value of a column, or <paramref name="fallback"/> where it is not set.</summary>
    public T Get<T>(Column<T> column, T fallback)
        where T : notnull
    {
        foreach (ref readonly var cell in Cells.AsSpan())
        {
            if (cell.Column == column)
                return Column<T>.Read(cell);
        }

        return fallback;
    }
}

/// <summary>One value of a row. <see cref="Column{T}.Of"/> makes it; what is beside that is for adapters.</summary>
public readonly struct Cell
{
    public Cell(Column column, object? reference, long bits)
    {
        Column = column;
        Reference = reference;
        Bits = bits;
    }

    public Column Column { get; }

    /// <summary>The value of a binary or text column.</summary>
    public object? Reference { get; }

    /// <summary>The value of an integer column, the bits of a number, the UTC ticks of a time.</summary>
    public long Bits { get; }

    public double Number => BitConverter.Int64BitsToDouble(Bits);

    public DateTimeOffset Time => new(Bits, TimeSpan.Zero);

    /// <summary>Bytes that the service counts for the value.</summary>
    internal int Size => Reference switch
    {
        byte[] bytes => bytes.Length,
        string text => text.Length * sizeof(char),
        _ => sizeof(long),
    };

    /// <summary>An upper bound of the value's bytes in a request: JSON with base64 and escapes.</summary>
    internal int EncodedSize => Column.Name.Length * 2 + 64 + Reference switch
    {
        byte[] bytes => (bytes.Length + 2) / 3 * 4,
        string text => text.Length * 6,
        _ => 32,
    };
}
