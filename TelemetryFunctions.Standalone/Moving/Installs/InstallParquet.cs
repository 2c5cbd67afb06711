using Parquet;
using Parquet.Schema;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Moving.Export;

namespace TelemetryFunctions.Standalone.Moving.Installs;

/// <summary>The installs of all packages and versions by day as one table.</summary>
internal sealed class InstallParquet(ParquetWriter writer) : ParquetTable<(CounterKey Key, InstallDay Day)>(writer)
{
    private static readonly DataField<string> Package = new("package");
    private static readonly DataField<string> Version = new("version", nullable: true);
    private static readonly DataField<DateOnly> Day = new("day");
    private static readonly DataField<long> All = new("installs");
    private static readonly DataField<long?> Ci = new("ci");

    public static async Task<InstallParquet> CreateAsync(Stream stream, CancellationToken cancellation) =>
        new(await OpenAsync(stream, [Package, Version, Day, All, Ci], cancellation));

    public Task AddAsync(CounterKey key, IReadOnlyList<InstallDay> days, CancellationToken cancellation) =>
        AddAsync(days.Select(day => (key, day)), cancellation);

    protected override async Task WriteAsync(
        ParquetRowGroupWriter group, IReadOnlyList<(CounterKey Key, InstallDay Day)> rows, CancellationToken cancellation)
    {
        await group.WriteAsync(Package, [.. rows.Select(row => row.Key.Package)]);
        await group.WriteAsync(Version, [.. rows.Select(row => row.Key.Version!)]);
        await group.WriteAsync<DateOnly>(Day, rows.Select(row => row.Day.Day).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync<long>(All, rows.Select(row => row.Day.Installs).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync<long>(Ci, rows.Select(row => row.Day.Ci).ToArray(), cancellationToken: cancellation);
    }
}
