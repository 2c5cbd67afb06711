using System.Buffers;
using System.Text;
using Azure;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>A transaction as the service takes it: one change set in one multipart body.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</remarks>
internal sealed class TransactionContent
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);

    public TransactionContent(IEnumerable<TableTransactionAction> actions, string tableUri)
    {
        var changeSet = $"changeset_{Guid.NewGuid()}";
        Append($"--{Boundary}\r\nContent-Type: multipart/mixed; boundary={changeSet}\r\n\r\n");
        foreach (var action in actions)
        {
            Append($"--{changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            AppendRequest(action, tableUri);
            Append("\r\n");
        }

        Append($"--{changeSet}--\r\n--{Boundary}--\r\n");
    }

    public string Boundary { get; } = $"batch_{Guid.NewGuid()}";

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    private void AppendRequest(TableTransactionAction action, string tableUri)
    {
        var type = action.ActionType;
        var verb = type switch
        {
            TableTransactionActionType.Add => "POST",
            TableTransactionActionType.Delete => "DELETE",
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH",
            _ => "PUT",
        };
        var path = type == TableTransactionActionType.Add
            ? ""
            : EntityPath(action.Entity.PartitionKey, action.Entity.RowKey);
        Append($"{verb} {tableUri}{path} HTTP/1.1\r\nAccept: {TableClient.Json}\r\nDataServiceVersion: 3.0\r\n");
        if (type == TableTransactionActionType.Add)
            Append("Prefer: return-no-content\r\n");
        if (ExpectedETag(action) is { } etag)
            Append($"If-Match: {etag}\r\n");
        if (type == TableTransactionActionType.Delete)
        {
            Append("\r\n");
            return;
        }

        Append("Content-Type: application/json\r\n\r\n");
        EntityWriter.Write(_body, action.Entity);
    }

    /// <summary>The part of an address that names a row: quotes are doubled, then everything odd is encoded.</summary>
    public static string EntityPath(string partitionKey, string rowKey) =>
        $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static string? ExpectedETag(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete when action.ETag == default => ETag.All.ToString(),
        TableTransactionActionType.Delete => action.ETag.ToString(),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace when action.ETag != default =>
            action.ETag.ToString(),
        _ => null,
    };

    private void Append(string text) => Encoding.ASCII.GetBytes(text, _body);
}
