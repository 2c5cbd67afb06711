using Azure;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>One write of a transaction.</summary>
public class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    public TableTransactionActionType ActionType { get; } = actionType;

    public ITableEntity Entity { get; } = entity;

    /// <summary>What an update or delete expects; none is given for "whatever is stored".</summary>
    public ETag ETag { get; } = etag;
}

/// <summary>What a <see cref="TableTransactionAction"/> does.</summary>
public enum TableTransactionActionType
{
    Add = 0,
    UpdateMerge = 1,
    UpdateReplace = 2,
    Delete = 3,
    UpsertMerge = 4,
    UpsertReplace = 5,
}
