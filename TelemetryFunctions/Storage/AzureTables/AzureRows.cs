using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>Rows as the service's entities and back.</summary>
internal static class AzureRows
{
    private const string PartitionKey = nameof(ITableEntity.PartitionKey);
    private const string RowKey = nameof(ITableEntity.RowKey);

    public static TableEntity ToEntity(Row row)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        foreach (var cell in row.Cells)
        {
            entity[cell.Column.Name] = cell.Column.Type switch
            {
                ColumnType.Integer => cell.Bits,
                ColumnType.Number => cell.Number,
                ColumnType.Time => cell.Time,
                _ => cell.Reference!,
            };
        }

        return entity;
    }

    /// <summary>What writes a row where the stored one still carries its ETag or, where that is null, where there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">The name of a property that the entity gets beside the columns.</param>
    /// <param name="value">The value of that.</param>
    public static TableTransactionAction ToConditionalAction(Row row, string name, string value)
    {
        var entity = ToEntity(row);
        entity[name] = value;
        return row.ETag is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(etag))
            : new TableTransactionAction(TableTransactionActionType.Add, entity);
    }

    /// <summary>What deletes a row where the stored one still carries its ETag.</summary>
    public static TableTransactionAction ToConditionalDelete(Row row) =>
        new(TableTransactionActionType.Delete, new TableEntity(row.Partition, row.Key), new ETag(row.ETag!));

    public static Row ToRow(TableEntity entity, IReadOnlyList<Column> columns)
    {
        var cells = new Cell[columns.Count];
        var count = 0;
        foreach (var column in columns)
        {
            if (TryRead(entity, column, out var cell))
                cells[count++] = cell;
        }

        Array.Resize(ref cells, count);
        return new Row(entity.PartitionKey, entity.RowKey, cells) { ETag = entity.ETag.ToString() };
    }

    /// <summary>What to ask the service for; it leaves out even the keys where they are not named.</summary>
    public static string[] Select(IReadOnlyList<Column> columns) =>
        [PartitionKey, RowKey, .. columns.Select(column => column.Name)];

    /// <summary>The filter that a range is.</summary>
    public static string Filter(KeyRange range)
    {
        if (range.ToPartition is { } toPartition)
            return TableClient.CreateQueryFilter($"PartitionKey ge {range.FromPartition} and PartitionKey lt {toPartition}");

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {range.FromPartition}");
        if (range.FromKey is { } fromKey)
            filter += TableClient.CreateQueryFilter($" and RowKey ge {fromKey}");
        if (range.ToKey is { } toKey)
            filter += TableClient.CreateQueryFilter($" and RowKey lt {toKey}");
        return filter;
    }

    private static bool TryRead(TableEntity entity, Column column, out Cell cell)
    {
        cell = default;
        if (!entity.TryGetValue(column.Name, out var value))
            return false;

        switch (column.Type, value)
        {
            case (ColumnType.Binary, byte[] bytes):
                cell = new Cell(column, bytes, 0);
                return true;
            case (ColumnType.Text, string text):
                cell = new Cell(column, text, 0);
                return true;
            case (ColumnType.Integer, long integer):
                cell = new Cell(column, null, integer);
                return true;
            case (ColumnType.Number, double number):
                cell = new Cell(column, null, BitConverter.DoubleToInt64Bits(number));
                return true;
            // A number without a fraction comes back as an integer.
            case (ColumnType.Number, int or long):
                cell = new Cell(column, null, BitConverter.DoubleToInt64Bits(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
                return true;
            case (ColumnType.Time, DateTimeOffset time):
                cell = new Cell(column, null, time.UtcTicks);
                return true;
            case (ColumnType.Time, DateTime time):
                cell = new Cell(column, null, time.ToUniversalTime().Ticks);
                return true;
            case (_, null):
                return false;
            default:
                throw new InvalidDataException(
                    $"{column.Name} of '{entity.RowKey}' is a {value.GetType().Name}, not a {column.Type}.");
        }
    }
}
