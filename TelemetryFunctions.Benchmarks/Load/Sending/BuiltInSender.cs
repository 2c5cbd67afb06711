using System.Collections.Concurrent;
using System.Diagnostics;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load.Sending;

/// <summary>Sends by HttpClient, which takes much more of the processors than wrk does.</summary>
internal sealed class BuiltInSender : LoadSender
{
    public override string Name => "the built-in sender, because wrk is not installed";

    public override async Task<Sent> SendAsync(string url, Traffic traffic, int connections, int seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = new Uri(url) };
        var all = new ConcurrentBag<List<double>>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            var times = new List<double>();
            for (var i = connection; watch.Elapsed.TotalSeconds < seconds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await SendAsync(client, traffic, i);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            all.Add(times);
        })));

        var sorted = all.SelectMany(times => times).Order().ToArray();
        return new Sent(sorted.Length / watch.Elapsed.TotalSeconds, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
    }

    private static async Task SendAsync(HttpClient client, Traffic traffic, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, traffic.Path);
        if (traffic.Posts.Count > 0)
        {
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(traffic.Posts[number % traffic.Posts.Count].With(Guid.NewGuid()));
        }

        foreach (var (name, value) in traffic.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"{request.Method} {traffic.Path} was answered by {(int)answer.StatusCode}.");
    }
}
