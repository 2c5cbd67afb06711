using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Broken bodies of every kind on every route that takes one, over connections that are kept open.</summary>
internal static class MalformedKnock
{
    private const int Bodies = 1_000_000;
    private const int Connections = 16;

    // So many are sent before their answers are read: the time goes into the service, not into waiting.
    private const int Together = 64;

    private const long MostMemory = 256L << 20;

    public static async Task<string> HitAsync()
    {
        using var directory = new ChaosDirectory();
        using var site = ChaosSite.Start(directory.Path);
        await site.ReportAsync(Guid.NewGuid());
        var before = site.Memory;
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed =>
            Task.Run(() => SendAsync(new Uri(site.Url).Port, new Random(seed), Bodies / Connections))));
        var statuses = counts.SelectMany(count => count).GroupBy(count => count.Key).ToDictionary(group => group.Key, group => group.Sum(count => count.Value));

        BrokenPromiseException.Unless(statuses.Keys.All(status => status is >= 200 and < 500), "answers: " + Text(statuses));
        var grown = site.Memory - before;
        BrokenPromiseException.Unless(grown < MostMemory, $"memory grew by {grown >> 20} MB");
        BrokenPromiseException.Unless(await site.ReportAsync(Guid.NewGuid()) == 200, "afterwards a report is not taken");
        BrokenPromiseException.Unless(!site.Lines.Any(line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal)), "the log has errors: " + site.Lines.Last());
        return $"{statuses.Values.Sum():N0} bodies: {Text(statuses)}; memory grew by {grown >> 20} MB; {site.Lines.Count} lines in the log";
    }

    private static string Text(Dictionary<int, int> statuses) => string.Join(", ", statuses.OrderBy(count => count.Key).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0} × {count.Key}")));

    private static async Task<Dictionary<int, int>> SendAsync(int port, Random random, int bodies)
    {
        var statuses = new Dictionary<int, int>();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new NetworkStream(socket);
        using var answers = new AnswerReader(stream);
        for (var sent = 0; sent < bodies; sent += Together)
        {
            using var requests = new MemoryStream();
            for (var i = 0; i < Together; i++)
                Write(requests, MalformedBody.Make(random));
            var writing = stream.WriteAsync(requests.GetBuffer().AsMemory(0, (int)requests.Length));
            for (var i = 0; i < Together; i++)
            {
                var status = await answers.ReadAsync();
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }

            await writing;
        }

        return statuses;
    }

    private static void Write(MemoryStream requests, MalformedBody body)
    {
        var head = $"POST {body.Path} HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {Processes.ChildSite.Key}\r\nContent-Type: {body.Type}\r\nContent-Length: {body.Bytes.Length}\r\n"
            + (body.IsGzip ? "Content-Encoding: gzip\r\n\r\n" : "\r\n");
        requests.Write(Encoding.ASCII.GetBytes(head));
        requests.Write(body.Bytes);
    }
}
