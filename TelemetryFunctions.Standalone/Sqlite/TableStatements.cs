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
    private const int PartitionAt = 1;
    private const int KeyAt = 2;
    private const int ETagAt = 3;
    private const int FirstColumnAt = 4;

    private readonly TableSchema _schema;
    private readonly string _name;
    private readonly string _findSql;

    public TableStatements(TableSchema schema)
    {
        _schema = schema;
        _name = Quote(schema.Name);
        OldETagAt = FirstColumnAt + schema.Columns.Count;

        var columns = string.Concat(schema.Columns.Select(column => ", " + Quote(column.Name)));
        var values = string.Join(", ", Enumerable.Range(1, OldETagAt - 1).Select(i => $"?{i}"));
        var assignments = string.Join(", ", [$"etag = ?{ETagAt}", .. schema.Columns.Select((column, i) => $"{Quote(column.Name)} = ?{FirstColumnAt + i}")]);
        const string IsRow = "partition = ?1 AND key = ?2";
        _findSql = $"SELECT {Keys}{Select(schema.Columns)} FROM {_name} WHERE {IsRow}";
        UpsertSql = $"INSERT OR REPLACE INTO {_name} ({Keys}{columns}) VALUES ({values})";
        AddSql = $"INSERT INTO {_name} ({Keys}{columns}) VALUES ({values}) ON CONFLICT DO NOTHING";
        UpdateSql = $"UPDATE {_name} SET {assignments} WHERE {IsRow} AND etag = ?{OldETagAt}";
        DeleteSql = $"DELETE FROM {_name} WHERE {IsRow}";
        DeleteAsReadSql = $"{DeleteSql} AND etag = ?{ETagAt}";
        DeleteSliceSql = $"""
            DELETE FROM {_name} WHERE partition = ?1
            AND key IN (SELECT key FROM {_name} WHERE partition = ?1 ORDER BY key LIMIT {DeleteSliceWrite.MaxRows})
            """;
    }

    public bool IsPersonal => _schema.IsPersonal;

    public string UpsertSql { get; }

    public string AddSql { get; }

    public string UpdateSql { get; }

    public string DeleteSql { get; }

    /// <summary>Deletes a row that carries an ETag, which is the third parameter.</summary>
    public string DeleteAsReadSql { get; }

    public string DeleteSliceSql { get; }

    /// <summary>The parameter of <see cref="UpdateSql"/> behind those of the row.</summary>
    public int OldETagAt { get; }

    /// <summary>Binds a row to the parameters of a statement that writes one.</summary>
    public void Bind(SqliteStatement statement, Row row, long etag)
    {
        // Columns that the row does not set.
        statement.Clear();
        statement.Bind(PartitionAt, row.Partition);
        statement.Bind(KeyAt, row.Key);
        statement.Bind(ETagAt, etag);
        foreach (ref readonly var cell in row.Cells.AsSpan())
            statement.Bind(FirstColumnAt + IndexOf(cell.Column), cell);
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
        var find = statements.Get(_findSql);
        find.Bind(PartitionAt, partition);
        find.Bind(KeyAt, key);
        using var reader = new RowReader(find, _schema.Columns);
        return reader.Read();
    }

    /// <summary>At most <paramref name="limit"/> rows of a range, those behind <paramref name="after"/>.</summary>
    public List<Row> Page(SqliteStatementCache statements, KeyRange range, Row? after, IReadOnlyList<Column> columns, int limit)
    {
        var (conditions, values) = (new List<string>(), new List<string>());
        void Where(string condition, string? value)
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{condition} ?{values.Count}");
        }

        if (range.ToPartition is null)
        {
            Where("partition =", range.FromPartition);
            Where("key >=", after is null ? range.FromKey : null);
            Where("key >", after?.Key);
            Where("key <", range.ToKey);
        }
        else if (after is null)
        {
            Where("partition >=", range.FromPartition);
            Where("partition <", range.ToPartition);
        }
        else
        {
            values.AddRange([after.Partition, after.Key]);
            conditions.Add("(partition, key) > (?1, ?2)");
            Where("partition <", range.ToPartition);
        }

        var select = statements.Get(
            $"SELECT {Keys}{Select(columns)} FROM {_name} WHERE {string.Join(" AND ", conditions)} ORDER BY partition, key LIMIT {limit}");
        for (var i = 0; i < values.Count; i++)
            select.Bind(i + 1, values[i]);
        using var reader = new RowReader(select, columns);
        var rows = new List<Row>(Math.Min(limit, 128));
        while (reader.Read() is { } row)
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
