using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Events.Schema;

namespace TelemetryFunctions.Tests.Events;

public sealed class LatencyAccumulatorTests
{
    private const int Requests = 1_000_000;

    /// <summary>What is stated: a thousandth, and half a microsecond that is rounded off.</summary>
    [Theory]
    [InlineData("uniform")]
    [InlineData("exponential")]
    [InlineData("with a long tail")]
    public void Percentiles_of_a_million_are_as_near_as_is_stated(string distribution)
    {
        var random = new Random(7);
        var latencies = Enumerable.Range(0, Requests).Select(_ => distribution switch
        {
            "uniform" => random.NextDouble() * 5_000,
            "exponential" => -Math.Log(1 - random.NextDouble()) * 40,
            _ => Math.Min(3_600_000, 2 / Math.Pow(1 - random.NextDouble(), 1.2)),
        }).ToArray();
        var accumulator = EventAccumulators.Api();
        var content = new Event { ApiRequest = new ApiRequest { Route = "/", Method = "GET" } };
        foreach (var latency in latencies)
        {
            content.ApiRequest.LatencyMs = latency;
            accumulator.Add(new StoredEvent(0, 0, "api", "", content));
        }

        Array.Sort(latencies);
        var points = accumulator.Points().ToDictionary(point => point.Value, point => point.Number);
        Assert.Equal(Requests, points["requests"]);
        foreach (var percentile in new[] { 50, 95, 99 })
        {
            var exact = latencies[(int)Math.Ceiling(Requests * percentile / 100.0) - 1];
            Assert.InRange(points[$"p{percentile}-ms"], exact * 0.999 - 0.0005, exact * 1.001 + 0.0005);
        }
    }
}
