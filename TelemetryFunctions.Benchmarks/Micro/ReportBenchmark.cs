using BenchmarkDotNet.Attributes;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary>What a report costs on its way in, and on its way into the day's numbers, without a store.</summary>
[MemoryDiagnoser]
public class ReportBenchmark
{
    private const int Systems = 1_000;

    private readonly byte[][] _protobuf = [.. Enumerable.Range(0, Systems).Select(BenchmarkReports.Body)];
    private readonly byte[][] _json = [.. Enumerable.Range(0, Systems).Select(BenchmarkReports.Json)];
    private readonly string[] _ids = [.. Enumerable.Range(0, Systems).Select(BenchmarkReports.Id)];
    private readonly IAccumulator[] _accumulators = [.. ReportMetrics.Catalogue.Metrics.Select(metric => metric.Accumulate())];
    private Report[] _reports = [];

    [GlobalSetup]
    public void Setup() => _reports = [.. _protobuf.Select(body => ReportParser.Read(body, ReportFormat.Protobuf))];

    [Benchmark(OperationsPerInvoke = Systems)]
    public void ParseProtobuf()
    {
        foreach (var body in _protobuf)
            ReportParser.Parse(body, ReportFormat.Protobuf);
    }

    [Benchmark(OperationsPerInvoke = Systems)]
    public void ParseJson()
    {
        foreach (var body in _json)
            ReportParser.Parse(body, ReportFormat.Json);
    }

    /// <summary>The keys of its row, and of a point.</summary>
    [Benchmark(OperationsPerInvoke = Systems)]
    public int BuildKeys()
    {
        var length = 0;
        foreach (var id in _ids)
        {
            if (SystemId.TryParse(id, out var system))
                length += system.ToString().Length + system.Shard + new SeriesKey("components", "xyz", "core").Partition.Length + KeyCodec.Encode("3.21.4").Length;
        }

        return length;
    }

    /// <summary>Added to every metric of the catalogue.</summary>
    [Benchmark(OperationsPerInvoke = Systems)]
    public void Accumulate()
    {
        foreach (var report in _reports)
        {
            var observation = new Observation(report, 30);
            foreach (var accumulator in _accumulators)
                accumulator.Add(observation);
        }
    }
}
