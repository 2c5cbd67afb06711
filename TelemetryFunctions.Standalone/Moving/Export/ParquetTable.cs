using Parquet;
using Parquet.Schema;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>A Parquet table that is written a part at a time.</summary>
/// <typeparam name="TRow">A row of it.</typeparam>
internal abstract class ParquetTable<TRow>(ParquetWriter writer) : IAsyncDisposable
{
    // Rows of a group: enough to compress well, few enough to be held in memory.
    private const int GroupRows = 100_000;

    private readonly List<TRow> _rows = [];

    public async ValueTask DisposeAsync()
    {
        if (_rows.Count > 0)
            await FlushAsync(CancellationToken.None);
        await writer.DisposeAsync();
    }

    protected static Task<ParquetWriter> OpenAsync(Stream stream, DataField[] columns, CancellationToken cancellation) =>
        ParquetWriter.CreateAsync(new ParquetSchema(columns), stream, cancellationToken: cancellation);

    protected async Task AddAsync(IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            _rows.Add(row);
            if (_rows.Count == GroupRows)
                await FlushAsync(cancellation);
        }
    }

    /// <summary>Writes the columns of some rows.</summary>
    protected abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, CancellationToken cancellation);

    private async Task FlushAsync(CancellationToken cancellation)
    {
        using var group = writer.CreateRowGroup();
        await WriteAsync(group, _rows, cancellation);
        group.CompleteValidate();
        _rows.Clear();
    }
}
