using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Benchmarks.Load.Sending;

/// <summary>
/// What tells wrk what to send. Requests are made ready as text, but for an id that each has of its own: of a sender on the same machine
/// everything else is taken from the service.
/// </summary>
internal static class WrkScript
{
    /// <summary>Begins the line with requests, microseconds, errors, and microseconds of the median and of the 99th percentile.</summary>
    public const string Mark = "sent";

    private const string Report = $$"""
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format("{{Mark}} %d %d %d %d %d\n", summary.requests, summary.duration,
            e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
        end

        """;

    private const string Ids = """
        math.randomseed(os.time() * 1000 + math.floor(os.clock() * 1e6))
        local start = string.format("%04x4%03x", math.random(0, 65535), math.random(0, 4095)) -- the version of random ones
        local n = 0
        request = function()
          n = n + 1
          local post = posts[n % #posts + 1]
          return post[1] .. string.format("%08x", math.random(0, 4294967295)) .. start .. string.format("%016x", n) .. post[2]
        end
        """;

    public static string Of(Traffic traffic)
    {
        var lua = new StringBuilder(Report);
        if (traffic.Posts.Count == 0)
        {
            foreach (var (name, value) in traffic.Headers)
                lua.Append(CultureInfo.InvariantCulture, $"wrk.headers[\"{name}\"] = \"{value}\"\n");
            return lua.ToString();
        }

        lua.Append("local posts = {\n");
        foreach (var post in traffic.Posts)
        {
            var headers = string.Concat(traffic.Headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
            var head = string.Create(CultureInfo.InvariantCulture, $"POST {traffic.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {post.Length}\r\n{headers}\r\n");
            byte[] before = [.. Encoding.ASCII.GetBytes(head), .. post.Before];
            lua.Append("  {").Append(Literal(before)).Append(", ").Append(Literal(post.After)).Append("},\n");
        }

        return lua.Append("}\n").Append(Ids).ToString();
    }

    /// <summary>Bytes as a text of Lua.</summary>
    private static string Literal(byte[] bytes) => $"\"{string.Concat(bytes.Select(value => string.Create(CultureInfo.InvariantCulture, $"\\{value:d3}")))}\"";
}
