using BenchmarkDotNet.Attributes;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary>A chart of two years and 60 labels, written to what is stored and read from it.</summary>
[MemoryDiagnoser]
public class ChartBenchmark
{
    private const int Days = 730;
    private const int Labels = 60;

    private ChartData _chart = null!;
    private byte[] _stored = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _chart = new ChartData(BenchmarkReports.Day.AddDays(-Days).ToUnixTimeMilliseconds());
        for (var day = 0; day < Days; day++)
        {
            for (var label = day / 15; label < Math.Min(Labels, day / 15 + 20); label++)
                _chart.Add(_chart.FirstMs + day * ChartData.DayMs, $"3.{label}", 1_000 + label * 10 + random.Next(20));
        }

        _stored = ChartCodec.Write(_chart);
    }

    [Benchmark]
    public byte[] Encode() => ChartCodec.Write(_chart);

    [Benchmark]
    public ChartData Read() => ChartCodec.Read(_stored);
}
