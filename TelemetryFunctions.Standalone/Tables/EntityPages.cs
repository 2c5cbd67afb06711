using Azure;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>A query's rows, fetched a page at a time. A page may be empty and still not be the last.</summary>
internal sealed class EntityPages<T>(Func<string?, int?, CancellationToken, Task<Response>> fetch, CancellationToken cancellation)
    : AsyncPageable<T>(cancellation)
    where T : class
{
    private const string NextPartitionKey = "x-ms-continuation-NextPartitionKey";
    private const string NextRowKey = "x-ms-continuation-NextRowKey";

    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var response = await fetch(continuationToken, pageSizeHint, CancellationToken);
            var rows = new List<T>();
            var reader = new EntityReader(response.Content);
            while (reader.ReadNext() is { } entity)
                rows.Add((T)(object)entity);

            continuationToken = Continuation(response);
            yield return Page<T>.FromValues(rows, continuationToken, response);
        }
        while (continuationToken is not null);
    }

    /// <summary>Row by row: no list of a page's rows is held.</summary>
    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, cancellationToken);
        string? continuation = null;
        do
        {
            using var response = await fetch(continuation, null, both.Token);
            var reader = new EntityReader(response.Content);
            while (reader.ReadNext() is { } entity)
                yield return (T)(object)entity;

            continuation = Continuation(response);
        }
        while (continuation is not null);
    }

    /// <summary>The two halves of a continuation; the second may be missing.</summary>
    public static (string PartitionKey, string? RowKey) Split(string continuation)
    {
        var halves = continuation.Split(' ', 2);
        return (halves[0], halves.Length > 1 && halves[1].Length > 0 ? halves[1] : null);
    }

    private static string? Continuation(Response response)
    {
        if (!response.Headers.TryGetValue(NextPartitionKey, out var partition))
            return null;
        response.Headers.TryGetValue(NextRowKey, out var row);
        return $"{partition} {row}";
    }
}
