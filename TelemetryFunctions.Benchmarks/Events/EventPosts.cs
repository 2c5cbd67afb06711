using System.Diagnostics;
using System.Net.Http.Headers;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>Sends batches of events.</summary>
internal static class EventPosts
{
    public const int Connections = 16;

    /// <returns>Events a second.</returns>
    public static async Task<double> SendAsync(ChildSite site, IReadOnlyCollection<byte[]> batches)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (batch, token) =>
        {
            using var content = new ByteArrayContent(batch) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await site.Client.PostAsync("/events", content, token);
            answer.EnsureSuccessStatusCode();
        });
        return batches.Count * EventMix.BatchEvents / watch.Elapsed.TotalSeconds;
    }
}
