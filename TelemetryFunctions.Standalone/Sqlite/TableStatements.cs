using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>The SQL of one table, and how its rows are bound and read.</summary>
/// <remarks>
/// Rows lie in key order (WITHOUT ROWID), so that a scan of a partition reads neighbouring pages.
/// </remarks>
internal sealed class TableStatements
{
    private const string Keys = "partition, key, etag";

    private readonly TableSchema _schema;
    private readonly string _name;
    private readonly string[] _parameters;
    private readonly string _findSql;

    public TableStatements(TableSchema schema)
    {
        _schema = schema;
        _name = Quote(schema.Name);
        _parameters = ["$partition", "$key", "$etag", .. schema.Columns.Select((_, i) => $"$c{i}")];

        var columns = string.Concat(schema.Columns.Select(column => ", " + Quote(column.Name)));
        var values = string.Join(", ", _parameters);
        var assignments = string.Join(", ", ["etag = $etag", .. schema.Columns.Select((column, i) => $"{Quote(column.Name)} = $c{i}")]);
        _findSql = $"SELECT {Keys}{Select(schema.Columns)} FROM {_name} WHERE partition = $partition AND key = $key";
        UpsertSql = $"INSERT OR REPLACE INTO {_name} ({Keys}{columns}) VALUES ({values})";
        AddSql = $"INSERT INTO {_name} ({Keys}{columns}) VALUES ({values}) ON CONFLICT DO NOTHING";
        UpdateSql = $"UPDATE {_name} SET {assignments} WHERE partition = $partition AND key = $key AND etag = $old";
        DeleteSql = $"DELETE FROM {_name} WHERE partition = $partition AND key = $key";
        DeleteSliceSql = $"""
            DELETE FROM {_name} WHERE partition = $partition
            AND key IN (SELECT key FROM {_name} WHERE partition = $partition ORDER BY key LIMIT {DeleteSliceWrite.MaxRows})
            """;
    }

    public bool IsPersonal => _schema.IsPersonal;

    public string UpsertSql { get; }

    public string AddSql { get; }

    public string UpdateSql { get; }

    public string DeleteSql { get; }

    public string DeleteSliceSql { get; }

    /// <summary>A command that takes a row, see <see cref="Bind"/>.</summary>
    public SqliteCommand PrepareRow(SqliteConnection connection, string sql) => connection.Prepare(sql, _parameters);

    public void Bind(SqliteCommand command, Row row, long etag)
    {
        command.Parameters[0].Value = row.Partition;
        command.Parameters[1].Value = row.Key;
        command.Parameters[2].Value = etag;
        for (var i = 0; i < _schema.Columns.Count; i++)
            command.Parameters[3 + i].Value = DBNull.Value;
        foreach (var cell in row.Cells)
            command.Parameters[3 + IndexOf(cell.Column)].Value = Value(cell);
    }

    /// <summary>Creates the table, or adds the columns that an earlier version did not have.</summary>
    public void Create(SqliteConnection connection)
    {
        var columns = string.Concat(_schema.Columns.Select(column => $", {Quote(column.Name)} {SqlType(column)}"));
        connection.Execute($"""
            CREATE TABLE IF NOT EXISTS {_name} (
                partition TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL{columns},
                PRIMARY KEY (partition, key)) STRICT, WITHOUT ROWID
            """);

        var existing = ColumnsOf(connection);
        foreach (var column in _schema.Columns.Where(column => !existing.Contains(column.Name)))
            connection.Execute($"ALTER TABLE {_name} ADD COLUMN {Quote(column.Name)} {SqlType(column)}");
    }

    /// <summary>What there is of the table, or null.</summary>
    public StoredTable? Describe(SqliteConnection connection)
    {
        var existing = ColumnsOf(connection);
        if (existing.Count == 0)
            return null;

        var rows = connection.Scalar($"SELECT count(*) FROM (SELECT 1 FROM {_name} LIMIT {StoredTable.MaxCounted + 1})");
        return new StoredTable(_schema.Name, rows, [.. _schema.Columns.Select(column => column.Name).Where(name => !existing.Contains(name))]);
    }

    public Row? Find(SqliteStatementCache statements, string partition, string key)
    {
        var command = statements.Get(_findSql, "$partition", "$key");
        command.Parameters[0].Value = partition;
        command.Parameters[1].Value = key;
        using var reader = command.ExecuteReader();
        return new RowReader(reader, _schema.Columns).Read();
    }

    /// <summary>At most <paramref name="limit"/> rows of a range, those behind <paramref name="after"/>.</summary>
    public List<Row> Page(SqliteStatementCache statements, KeyRange range, Row? after, IReadOnlyList<Column> columns, int limit)
    {
        var conditions = new List<string>();
        var (names, values) = (new List<string>(), new List<string>());
        void Where(string condition, params ReadOnlySpan<(string Name, string? Value)> parameters)
        {
            if (parameters[0].Value is null)
                return;
            conditions.Add(condition);
            foreach (var (name, value) in parameters)
            {
                names.Add(name);
                values.Add(value!);
            }
        }

        if (range.ToPartition is null)
        {
            Where("partition = $partition", ("$partition", range.FromPartition));
            Where("key >= $from", ("$from", after is null ? range.FromKey : null));
            Where("key > $after", ("$after", after?.Key));
            Where("key < $to", ("$to", range.ToKey));
        }
        else
        {
            Where("partition >= $from", ("$from", after is null ? range.FromPartition : null));
            Where("(partition, key) > ($afterPartition, $after)", ("$afterPartition", after?.Partition), ("$after", after?.Key));
            Where("partition < $to", ("$to", range.ToPartition));
        }

        var command = statements.Get(
            $"SELECT {Keys}{Select(columns)} FROM {_name} WHERE {string.Join(" AND ", conditions)} ORDER BY partition, key LIMIT {limit}",
            CollectionsMarshal.AsSpan(names));
        for (var i = 0; i < values.Count; i++)
            command.Parameters[i].Value = values[i];
        using var reader = command.ExecuteReader();
        var from = new RowReader(reader, columns);
        var rows = new List<Row>(Math.Min(limit, 128));
        while (from.Read() is { } row)
            rows.Add(row);
        return rows;
    }

    private HashSet<string> ColumnsOf(SqliteConnection connection)
    {
        using var command = connection.Prepare($"SELECT name FROM pragma_table_info('{_schema.Name}')");
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private static object Value(in Cell cell) => cell.Reference ?? (cell.Column.Type == ColumnType.Number ? (object)cell.Number : cell.Bits);

    private static string Select(IReadOnlyList<Column> columns) =>
        string.Concat(columns.Select(column => ", " + Quote(column.Name)));

    private static string SqlType(Column column) => column.Type switch
    {
        ColumnType.Binary => "BLOB",
        ColumnType.Text => "TEXT",
        ColumnType.Number => "REAL",
        _ => "INTEGER",
    };

    private static string Quote(string name) => $"\"{name}\"";

    private int IndexOf(Column column)
    {
        for (var i = 0; i < _schema.Columns.Count; i++)
        {
            if (_schema.Columns[i] == column)
                return i;
        }

        throw new ArgumentException($"{_schema.Name} has no column {column.Name}.");
    }
}
