using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Connections that do nothing, and uploads of a byte a second.</summary>
internal static class ConnectionKnock
{
    private const int Connections = 10_000;
    private const int SlowUploads = 500;
    private const int Reports = 2_000;
    private const int SendersAtOnce = 8;
    private const int ReadTimeout = 1_000;

    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(1);

    public static async Task<string> HitAsync()
    {
        using var directory = new ChaosDirectory();
        using var site = ChaosSite.Start(directory.Path);
        var endpoint = new IPEndPoint(IPAddress.Loopback, new Uri(site.Url).Port);
        var before = site.Memory;
        var (idle, slow) = (new List<Socket>(), new List<Socket>());
        try
        {
            for (var i = 0; i < Connections; i++)
                idle.Add(await ConnectAsync(endpoint));
            for (var i = 0; i < SlowUploads; i++)
                slow.Add(await ConnectAsync(endpoint, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"));

            var uploads = Stopwatch.StartNew();
            var trickling = TrickleAsync(slow, uploads);
            var reports = Stopwatch.StartNew();
            await Parallel.ForEachAsync(Enumerable.Range(0, Reports), new ParallelOptions { MaxDegreeOfParallelism = SendersAtOnce }, async (_, _) =>
                BrokenPromiseException.Unless(await site.ReportAsync(Guid.NewGuid()) == 200, "a report was refused"));
            var rate = Reports / reports.Elapsed.TotalSeconds;
            var memory = site.Memory - before;
            var ended = await trickling;
            return $"{rate:N0} reports/s beside {Connections:N0} idle connections and {SlowUploads} uploads of a byte a second, which were ended after {ended.TotalSeconds:0} s; {memory / Connections / 1024.0:0.0} KB a connection";
        }
        finally
        {
            foreach (var socket in idle.Concat(slow))
                socket.Dispose();
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endpoint, string sent = "")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = ReadTimeout };
        await socket.ConnectAsync(endpoint);
        if (sent.Length > 0)
            await socket.SendAsync(Encoding.ASCII.GetBytes(sent));
        return socket;
    }

    /// <summary>Sends a byte a second until the service has ended every upload.</summary>
    /// <returns>How long the last one lasted.</returns>
    private static async Task<TimeSpan> TrickleAsync(IReadOnlyCollection<Socket> uploads, Stopwatch watch)
    {
        var open = uploads.ToHashSet();
        while (open.Count > 0)
        {
            BrokenPromiseException.Unless(watch.Elapsed < LongestUpload, $"{open.Count} uploads of a byte a second still go on after {watch.Elapsed.TotalSeconds:0} s");
            await Task.Delay(TimeSpan.FromSeconds(1));
            open.RemoveWhere(IsOver);
        }

        return watch.Elapsed;
    }

    private static bool IsOver(Socket socket)
    {
        try
        {
            // Whatever comes is an answer, before the body is there: the upload is refused.
            return socket.Poll(0, SelectMode.SelectRead) || socket.Send("1"u8) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
