namespace TelemetryFunctions.Storage.Migrations;

/// <summary>The table FORMAT: which migrations a store has behind it. One row, written only under its ETag.</summary>
public sealed class FormatStore(ITableStore store)
{
    private const string Partition = "store";
    private const string Key = "format";

    private static readonly Column<long> Pre = new("Pre");
    private static readonly Column<long> Post = new("Post");

    public static TableSchema Table { get; } = new("FORMAT", Pre, Post);

    /// <summary>The format and the ETag to write it under; both null where it was never written.</summary>
    public async Task<(StoreFormat? Format, string? ETag)> ReadAsync(CancellationToken cancellation) =>
        await store.FindAsync(Table, Partition, Key, cancellation) is { } row
            ? (new StoreFormat((int)row.Get(Pre), (int)row.Get(Post)), row.ETag)
            : (null, null);

    /// <summary>Writes it where nobody else has since <paramref name="etag"/>.</summary>
    public Task TryWriteAsync(StoreFormat format, string? etag, CancellationToken cancellation) =>
        store.TryWriteAsync(Table, new Row(Partition, Key, Pre.Of(format.Pre), Post.Of(format.Post)), etag, cancellation);
}

/// <summary>Which migrations a store has behind it.</summary>
/// <param name="Pre">The first half of those up to this one.</param>
/// <param name="Post">The second half of those up to this one.</param>
public sealed record StoreFormat(int Pre, int Post);
