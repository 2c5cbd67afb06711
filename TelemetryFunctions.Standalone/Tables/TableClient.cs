using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using TelemetryFunctions.Standalone.Tables.Models;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>One table. Every method throws <see cref="RequestFailedException"/> for what the service refuses.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api</remarks>
public class TableClient
{
    /// <summary>Rows with the types that JSON does not tell.</summary>
    internal const string Json = "application/json;odata=minimalmetadata";

    private static readonly StatusCodeClassifier Written = new([201, 204]);
    private static readonly StatusCodeClassifier Created = new([201, 204, 409]);
    private static readonly StatusCodeClassifier Deleted = new([204, 404]);
    private static readonly StatusCodeClassifier Read = new([200]);
    private static readonly StatusCodeClassifier ReadOrMissing = new([200, 404]);
    private static readonly StatusCodeClassifier Accepted = new([202]);

    private readonly HttpPipeline _pipeline;
    private readonly Uri _service;
    private readonly string _version;

    internal TableClient(HttpPipeline pipeline, Uri service, string version, string name)
    {
        (_pipeline, _version, Name) = (pipeline, version, name);
        _service = new Uri(service.AbsoluteUri.TrimEnd('/'));
        Uri = new Uri($"{service.AbsoluteUri.TrimEnd('/')}/{name}");
    }

    public virtual string Name { get; }

    public virtual Uri Uri { get; }

    /// <summary>An OData filter in which the values of an interpolated string are quoted as their types ask.</summary>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);

    /// <summary>Creates the table; that it exists is no error.</summary>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Post, "/Tables", Created);
        var name = JsonEncodedText.Encode(Name);
        Add(message, "Prefer", "return-no-content");
        SetJson(message, BinaryData.FromString($$"""{"TableName":"{{name}}"}"""));
        var response = await SendAsync(message, cancellationToken);
        // 409 is also what a table gets that is still being deleted.
        if (response.Status == 409
            && new RequestFailedException(response, null, ErrorParser.Instance) is { ErrorCode: not "TableAlreadyExists" } error)
            throw error;
        return Response.FromValue(new TableItem(Name), response);
    }

    /// <exception cref="RequestFailedException">409: the row exists.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = CreateMessage(RequestMethod.Post, $"/{Name}", Written);
        Add(message, "Prefer", "return-no-content");
        SetJson(message, EntityWriter.ToJson(entity));
        return await SendAsync(message, cancellationToken);
    }

    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(entity, null, mode, cancellationToken);

    /// <exception cref="RequestFailedException">412: the row has another tag; 404: there is none.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity => ifMatch == default
            ? throw new ArgumentException("An update needs a tag; ETag.All stands for any.", nameof(ifMatch))
            : WriteAsync(entity, ifMatch, mode, cancellationToken);

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = CreateMessage(RequestMethod.Get, EntityPath(partitionKey, rowKey), ReadOrMissing);
        AddSelect(message, select);
        var response = await SendAsync(message, cancellationToken);
        return response.Status == 404
            ? new MissingResponse<T>(response)
            : Response.FromValue((T)(object)EntityReader.ReadOne(response.Content), response);
    }

    /// <summary>The rows that match, in order of their keys. Errors appear when they are enumerated.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        if (typeof(T) != typeof(TableEntity))
            throw new NotSupportedException($"Rows are read as {nameof(TableEntity)}, not {typeof(T)}.");
        return new EntityPages<T>(FetchAsync, cancellationToken);

        async Task<Response> FetchAsync(string? continuation, int? pageSize, CancellationToken cancellation)
        {
            using var message = CreateMessage(RequestMethod.Get, $"/{Name}()", Read);
            PooledBodyPolicy.ApplyTo(message);
            var uri = message.Request.Uri;
            if ((pageSize ?? maxPerPage) is { } top)
                uri.AppendQuery("$top", top.ToString(CultureInfo.InvariantCulture), escapeValue: true);
            if (!string.IsNullOrEmpty(filter))
                uri.AppendQuery("$filter", filter, escapeValue: true);
            AddSelect(message, select);
            if (continuation is not null)
            {
                var (partition, row) = EntityPages<T>.Split(continuation);
                uri.AppendQuery("NextPartitionKey", partition, escapeValue: true);
                if (row is not null)
                    uri.AppendQuery("NextRowKey", row, escapeValue: true);
            }

            return await SendAsync(message, cancellation);
        }
    }

    /// <summary>Deletes a row; that it is missing is no error. Without a tag whatever is stored goes.</summary>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Delete, EntityPath(partitionKey, rowKey), Deleted);
        Add(message, "If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await SendAsync(message, cancellationToken);
    }

    /// <summary>Does all of up to 100 writes to one partition, or none.</summary>
    /// <exception cref="TableTransactionFailedException">The service refused one of them.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        if (actions.Count == 0)
            throw new InvalidOperationException("A transaction has at least one action.");

        var content = new TransactionContent(actions, Uri.AbsoluteUri);
        using var message = CreateMessage(RequestMethod.Post, "/$batch", Accepted);
        message.Request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary={content.Boundary}");
        message.Request.Content = RequestContent.Create(content.Body);

        var response = await SendAsync(message, cancellationToken);
        var answers = TransactionResponse.ReadAll(response.Content);
        if (answers.Find(answer => answer.Status >= 400) is { } refusal)
            throw Refused(refusal);
        if (answers.Count != actions.Count)
            throw new RequestFailedException(response.Status, $"{answers.Count} answers to {actions.Count} actions.");
        return Response.FromValue<IReadOnlyList<Response>>(answers, response);
    }

    private static TableTransactionFailedException Refused(Response refusal)
    {
        var error = new RequestFailedException(refusal, null, ErrorParser.Instance);
        return new(error) { FailedTransactionActionIndex = IndexIn(error.Message) };
    }

    // The service's message starts with the index of the action: "3:The specified entity already exists."
    private static int? IndexIn(string message)
    {
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }

    private async Task<Response> WriteAsync(
        ITableEntity entity,
        ETag? ifMatch,
        TableUpdateMode mode,
        CancellationToken cancellation)
    {
        var method = mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;
        using var message = CreateMessage(method, EntityPath(entity.PartitionKey, entity.RowKey), Written);
        if (ifMatch is { } etag)
            Add(message, "If-Match", etag.ToString());
        SetJson(message, EntityWriter.ToJson(entity));
        return await SendAsync(message, cancellation);
    }

    private HttpMessage CreateMessage(RequestMethod method, string path, ResponseClassifier classifier)
    {
        var message = _pipeline.CreateMessage(null, classifier);
        message.Request.Method = method;
        message.Request.Uri.Reset(_service);
        message.Request.Uri.AppendPath(path, escape: false);
        Add(message, "Accept", Json);
        Add(message, "x-ms-version", _version);
        Add(message, "DataServiceVersion", "3.0");
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        await _pipeline.SendAsync(message, cancellation);
        var response = message.Response;
        if (response.IsError)
            throw new RequestFailedException(response);

        // It outlives the message, which would dispose of it.
        message.Response = null!;
        return response;
    }

    private string EntityPath(string partitionKey, string rowKey) =>
        $"/{Name}{TransactionContent.EntityPath(partitionKey, rowKey)}";

    private static void Add(HttpMessage message, string name, string value) =>
        message.Request.Headers.SetValue(name, value);

    private static void AddSelect(HttpMessage message, IEnumerable<string>? select)
    {
        if (select is not null)
            message.Request.Uri.AppendQuery("$select", string.Join(',', select), escapeValue: true);
    }

    private static void SetJson(HttpMessage message, ReadOnlyMemory<byte> body)
    {
        Add(message, "Content-Type", MediaTypeNames.Application.Json);
        message.Request.Content = RequestContent.Create(body);
    }

    private sealed class MissingResponse<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("The row does not exist.");

        public override Response GetRawResponse() => response;
    }
}
