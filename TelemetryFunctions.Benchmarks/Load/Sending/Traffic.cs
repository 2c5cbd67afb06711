using System.Text;

namespace TelemetryFunctions.Benchmarks.Load.Sending;

/// <summary>Requests of one kind.</summary>
/// <param name="Path">Where they go.</param>
/// <param name="Headers">Beside those of the body and the host.</param>
/// <param name="Posts">What is posted, in turns; none where it is a GET.</param>
internal sealed record Traffic(string Path, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<Post> Posts)
{
    private const int DifferentReports = 256;

    public static Traffic Get(string path) => new(path, new Dictionary<string, string> { ["Accept-Encoding"] = "br" }, []);

    /// <summary>Reports, each of a system of its own.</summary>
    public static Traffic Reports(bool asJson) => new(
        "/",
        new Dictionary<string, string> { ["Content-Type"] = asJson ? "application/json" : "application/x-protobuf" },
        [.. Enumerable.Range(0, DifferentReports).Select(system => Post.Of(asJson ? BenchmarkReports.Json(system) : BenchmarkReports.Body(system), BenchmarkReports.Id(system)))]);
}

/// <summary>A body that differs from others by the 32 hex digits of an id between its two parts.</summary>
internal sealed record Post(byte[] Before, byte[] After)
{
    public const int IdLength = 32;

    public int Length => Before.Length + IdLength + After.Length;

    public static Post Of(byte[] body, string id)
    {
        var at = body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id));
        return new Post(body[..at], body[(at + IdLength)..]);
    }

    public byte[] With(Guid id) => [.. Before, .. Encoding.ASCII.GetBytes(id.ToString("n")), .. After];
}
