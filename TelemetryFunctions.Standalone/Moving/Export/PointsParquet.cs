using Parquet;
using Parquet.Schema;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>All points of all series as one Parquet table, written a part at a time.</summary>
internal sealed class PointsParquet : IAsyncDisposable
{
    // Rows of a group: enough to compress well, few enough to be held in memory.
    private const int GroupRows = 100_000;

    private static readonly DataField<string> Metric = new("metric");
    private static readonly DataField<string> By = new("by", nullable: true);
    private static readonly DataField<string> Name = new("name", nullable: true);
    private static readonly DataField<DateOnly> Day = new("day");
    private static readonly DataField<string> Label = new("label");
    private static readonly DataField<double> Value = new("value");

    private readonly ParquetWriter _writer;
    private readonly List<(SeriesKey Series, SeriesPoint Point)> _rows = [];

    private PointsParquet(ParquetWriter writer) => _writer = writer;

    public static async Task<PointsParquet> CreateAsync(Stream stream, CancellationToken cancellation) =>
        new(await ParquetWriter.CreateAsync(new ParquetSchema(Metric, By, Name, Day, Label, Value), stream, cancellationToken: cancellation));

    public async Task AddAsync(SeriesPoints series, CancellationToken cancellation)
    {
        foreach (var point in series.Points)
        {
            _rows.Add((series.Series, point));
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
        await group.WriteAsync(Metric, [.. _rows.Select(row => row.Series.Metric)]);
        await group.WriteAsync(By, [.. _rows.Select(row => row.Series.By!)]);
        await group.WriteAsync(Name, [.. _rows.Select(row => row.Series.Name!)]);
        await group.WriteAsync<DateOnly>(Day, _rows.Select(row => ChartQuery.Day(row.Point.Ms)).ToArray(), cancellationToken: cancellation);
        await group.WriteAsync(Label, [.. _rows.Select(row => row.Point.Label)]);
        await group.WriteAsync<double>(Value, _rows.Select(row => row.Point.Value).ToArray(), cancellationToken: cancellation);
        group.CompleteValidate();
        _rows.Clear();
    }
}
