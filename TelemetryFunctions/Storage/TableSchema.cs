namespace TelemetryFunctions.Storage;

/// <summary>A table and its columns. The keys, the ETag and nothing else come with every table.</summary>
public sealed class TableSchema(string name, params Column[] columns)
{
    /// <summary>The table's name, letters and digits.</summary>
    public string Name { get; } = name;

    /// <summary>The columns beside the keys.</summary>
    public IReadOnlyList<Column> Columns { get; } = columns;

    /// <summary>True where rows tell of somebody: once deleted, nothing of them may stay in a store's files.</summary>
    public bool IsPersonal { get; init; }
}

/// <summary>A column's name and type; see <see cref="Column{T}"/>.</summary>
public abstract class Column(string name, ColumnType type)
{
    public string Name { get; } = name;

    public ColumnType Type { get; } = type;
}

/// <summary>What a column can hold.</summary>
public enum ColumnType
{
    Binary,
    Text,
    Integer,
    Number,
    Time,
}

/// <summary>
/// A column of <c>byte[]</c>, <c>string</c>, <c>long</c>, <c>double</c> or <c>DateTimeOffset</c> (UTC, to 100 ns).
/// </summary>
public sealed class Column<T>(string name) : Column(name, TypeOf())
    where T : notnull
{
    /// <summary>A cell with this column's <paramref name="value"/>.</summary>
    public Cell Of(T value) => value switch
    {
        byte[] bytes => new Cell(this, bytes, 0),
        string text => new Cell(this, text, 0),
        long integer => new Cell(this, null, integer),
        double number => new Cell(this, null, BitConverter.DoubleToInt64Bits(number)),
        DateTimeOffset time => new Cell(this, null, time.UtcTicks),
        _ => throw new NotSupportedException(),
    };

    internal static T Read(in Cell cell)
    {
        if (typeof(T) == typeof(byte[]) || typeof(T) == typeof(string))
            return (T)cell.Reference!;
        if (typeof(T) == typeof(long))
            return (T)(object)cell.Bits;
        if (typeof(T) == typeof(double))
            return (T)(object)cell.Number;
        return (T)(object)cell.Time;
    }

    private static ColumnType TypeOf() =>
        typeof(T) == typeof(byte[]) ? ColumnType.Binary
        : typeof(T) == typeof(string) ? ColumnType.Text
        : typeof(T) == typeof(long) ? ColumnType.Integer
        : typeof(T) == typeof(double) ? ColumnType.Number
        : typeof(T) == typeof(DateTimeOffset) ? ColumnType.Time
        : throw new NotSupportedException($"A column can't hold {typeof(T)}.");
}
