using Parquet;
using Parquet.Schema;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Standalone.Moving.Installs;

/// <summary>The installs of all packages and versions by day as one Parquet table, written a part at a time.</summary>
internal sealed class InstallParquet : IAsyncDisposable
{
    // Rows of a group: enough to compress well, few enough to be held in memory.
    private const int GroupRows = 100_000;

    private static readonly DataField<string> Package = new("package");
    private static readonly DataField<string> Version = new("version", nullable: true);
    private static readonly DataField<DateOnly> Day = new("day");
    private static readonly DataField<long> All = new("installs");
    private static readonly DataField<long?> Ci = new("ci");

    private readonly ParquetWriter _writer;
    private readonly List<(CounterKey Key, InstallDay Day)> _rows = [];

    private InstallParquet(ParquetWriter writer) => _writer = writer;

    public static async Task<InstallParquet> CreateAsync(Stream stream, CancellationToken cancellation) =>
        new(await ParquetWriter.CreateAsync(new ParquetSchema(Package, Version, Day, All, Ci), stream, cancellationToken: cancellation));

    public async Task AddAsync(CounterKey key, IReadOnlyList<InstallDay> days, CancellationToken cancellation)
    {
        foreach (var day in days)
        {
            _rows.Add((key, day));
            if (_rows.Count == GroupRows)
                await FlushAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_rows.Count > 0)
            await FlushAsync(CancellationToken.None);
        await _writer.DisposeAsync();
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync(Package, [.. _rows.Select(row => row.Key.Package)]);
        await group.WriteAsync(Version, [.. _rows.Select(row => row.Key.Version!)]);
        await group.WriteAsync<DateOnly>(Day, _rows.Select(row => row.Day.Day).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync<long>(All, _rows.Select(row => row.Day.Installs).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync<long>(Ci, _rows.Select(row => row.Day.Ci).ToArray(), cancellationToken: cancellation);
        group.CompleteValidate();
        _rows.Clear();
    }
}
