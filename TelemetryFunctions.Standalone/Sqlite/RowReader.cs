using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// Makes rows of a result whose columns are partition, key, ETag and then <paramref name="columns"/>. It asks SQLite once for a value where
/// the classes of ADO.NET ask three times: a summary reads every row of a day.
/// </summary>
internal sealed class RowReader(SqliteDataReader reader, IReadOnlyList<Column> columns)
{
    private const int PartitionAt = 0;
    private const int KeyAt = 1;
    private const int ETagAt = 2;
    private const int FirstColumnAt = 3;

    private readonly sqlite3_stmt _row = reader.Handle!;
    private readonly string?[] _texts = new string?[columns.Count];
    private string? _partition;

    /// <summary>The next row, or null behind the last one.</summary>
    public Row? Read()
    {
        if (!reader.Read())
            return null;

        var cells = new Cell[columns.Count];
        var set = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (raw.sqlite3_column_type(_row, FirstColumnAt + i) != raw.SQLITE_NULL)
                cells[set++] = ReadCell(i);
        }

        if (set < cells.Length)
            Array.Resize(ref cells, set);
        _partition = Text(PartitionAt, _partition);
        return new Row(_partition, Text(KeyAt, null), cells) { ETag = ETags.Format(raw.sqlite3_column_int64(_row, ETagAt)) };
    }

    private Cell ReadCell(int index)
    {
        var (column, at) = (columns[index], FirstColumnAt + index);
        return column.Type switch
        {
            ColumnType.Binary => new Cell(column, raw.sqlite3_column_blob(_row, at).ToArray(), 0),
            ColumnType.Text => new Cell(column, _texts[index] = Text(at, _texts[index]), 0),
            ColumnType.Number => new Cell(column, null, BitConverter.DoubleToInt64Bits(raw.sqlite3_column_double(_row, at))),
            _ => new Cell(column, null, raw.sqlite3_column_int64(_row, at)),
        };
    }

    /// <summary>A text; the one before it where that is the same, as it mostly is of a partition or a format.</summary>
    private string Text(int at, string? before)
    {
        var bytes = raw.sqlite3_column_blob(_row, at);
        return before is not null && Ascii.Equals(bytes, before) ? before : Encoding.UTF8.GetString(bytes);
    }
}
