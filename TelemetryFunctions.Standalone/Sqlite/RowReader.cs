using System.Text;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>Makes rows of a result whose columns are partition, key, ETag and then <paramref name="columns"/>, and ends its statement with it.</summary>
internal readonly struct RowReader(SqliteStatement statement, IReadOnlyList<Column> columns) : IDisposable
{
    private const int PartitionAt = 0;
    private const int KeyAt = 1;
    private const int ETagAt = 2;
    private const int FirstColumnAt = 3;

    // Those of the row before.
    private readonly string?[] _texts = new string?[FirstColumnAt + columns.Count];

    /// <summary>The next row, or null behind the last one.</summary>
    public Row? Read()
    {
        if (!statement.Step())
            return null;

        var cells = new Cell[columns.Count];
        var set = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (!statement.IsNull(FirstColumnAt + i))
                cells[set++] = ReadCell(columns[i], FirstColumnAt + i);
        }

        if (set < cells.Length)
            Array.Resize(ref cells, set);
        return new Row(RepeatedText(PartitionAt), Encoding.UTF8.GetString(statement.Bytes(KeyAt)), cells) { ETag = ETags.Format(statement.Integer(ETagAt)) };
    }

    public void Dispose() => statement.Reset();

    private Cell ReadCell(Column column, int at) => column.Type switch
    {
        ColumnType.Binary => new Cell(column, statement.Bytes(at).ToArray(), 0),
        ColumnType.Text => new Cell(column, RepeatedText(at), 0),
        ColumnType.Number => new Cell(column, null, BitConverter.DoubleToInt64Bits(statement.Number(at))),
        _ => new Cell(column, null, statement.Integer(at)),
    };

    /// <summary>A text; the one of the row before where that is the same, as it mostly is of a partition or a format.</summary>
    private string RepeatedText(int at)
    {
        var bytes = statement.Bytes(at);
        return _texts[at] is { } before && Ascii.Equals(bytes, before) ? before : _texts[at] = Encoding.UTF8.GetString(bytes);
    }
}
