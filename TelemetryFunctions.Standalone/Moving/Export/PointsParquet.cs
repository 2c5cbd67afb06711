using Parquet;
using Parquet.Schema;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>All points of all series as one table.</summary>
internal sealed class PointsParquet(ParquetWriter writer) : ParquetTable<(SeriesKey Series, SeriesPoint Point)>(writer)
{
    private static readonly DataField<string> Metric = new("metric");
    private static readonly DataField<string> By = new("by", nullable: true);
    private static readonly DataField<string> Name = new("name", nullable: true);
    private static readonly DataField<DateOnly> Day = new("day");
    private static readonly DataField<string> Label = new("label");
    private static readonly DataField<double> Value = new("value");

    public static async Task<PointsParquet> CreateAsync(Stream stream, CancellationToken cancellation) =>
        new(await OpenAsync(stream, [Metric, By, Name, Day, Label, Value], cancellation));

    public Task AddAsync(SeriesPoints series, CancellationToken cancellation) =>
        AddAsync(series.Points.Select(point => (series.Series, point)), cancellation);

    protected override async Task WriteAsync(
        ParquetRowGroupWriter group, IReadOnlyList<(SeriesKey Series, SeriesPoint Point)> rows, CancellationToken cancellation)
    {
        await group.WriteAsync(Metric, [.. rows.Select(row => row.Series.Metric)]);
        await group.WriteAsync(By, [.. rows.Select(row => row.Series.By!)]);
        await group.WriteAsync(Name, [.. rows.Select(row => row.Series.Name!)]);
        await group.WriteAsync<DateOnly>(Day, rows.Select(row => ChartQuery.Day(row.Point.Ms)).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync(Label, [.. rows.Select(row => row.Point.Label)]);
        await group.WriteAsync<double>(Value, rows.Select(row => row.Point.Value).ToArray(), cancellationToken: cancellation);
    }
}
