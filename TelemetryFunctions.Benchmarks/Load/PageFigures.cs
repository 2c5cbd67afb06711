using System.Text;
using TelemetryFunctions.Benchmarks.Load.Sending;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>Charts and the page of a year, beside a server that has the same bytes in memory; and what both have in memory then.</summary>
internal static class PageFigures
{
    private const int Seconds = 2;
    private const int Connections = 16;

    private static readonly (string Name, string Path)[] Pages =
    [
        ("the largest chart", "/charts/components/core?by=xyz"),
        ("the overview", "/charts/overview"),
        ("the page", "/"),
    ];

    public static async IAsyncEnumerable<LoadFigure> MeasureAsync(LoadRun run)
    {
        var data = run.MakeDirectory("pages");
        run.StartService(data, "Production", "demo").Dispose();
        using var service = run.StartService(data);
        var files = new List<string>();
        foreach (var (_, path) in Pages)
            files.Add(await SaveAsync(service.Client, path, Path.Combine(run.Directory, $"page-{files.Count}")));

        using var server = run.StartBareServer([.. files]);
        foreach (var (i, (name, path)) in Pages.Index())
        {
            var (here, there) = (Traffic.Get(path), Traffic.Get($"/{i}"));
            await run.Sender.SendAsync(service.Url, here, Connections, 1);
            await run.Sender.SendAsync(server.Url, there, Connections, 1);
            var rounds = new List<(Sent Service, Sent Server)>();
            for (var round = 0; round < LoadRun.Rounds; round++)
                rounds.Add((await run.Sender.SendAsync(service.Url, here, Connections, Seconds), await run.Sender.SendAsync(server.Url, there, Connections, Seconds)));
            var (sent, limit) = (LoadRun.Middle(rounds, round => round.Service.PerSecond).Service, LoadRun.Middle(rounds, round => round.Server.PerSecond).Server);
            yield return new LoadFigure(
                $"{name}, {Connections} connections", "/s", sent.PerSecond, limit.PerSecond, "Kestrel with the bytes in memory", $"{new FileInfo(files[i]).Length:n0} bytes; {sent.Latency}");
        }

        yield return new LoadFigure("memory after that", "MB", service.Memory / 1e6, server.Memory / 1e6, "of the server with the bytes") { IsRate = false };
    }

    /// <summary>Saves what a path answers as the bare server wants it: its type, its coding, its bytes.</summary>
    private static async Task<string> SaveAsync(HttpClient client, string path, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var head = $"{answer.Content.Headers.ContentType}\n{string.Join(", ", answer.Content.Headers.ContentEncoding)}\n";
        await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes(head), .. await answer.Content.ReadAsByteArrayAsync()]);
        return file;
    }
}
