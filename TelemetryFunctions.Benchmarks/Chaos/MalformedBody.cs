using System.IO.Compression;
using System.Text;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>A body that is broken in one way or another, or, by chance, is not.</summary>
/// <param name="Path">Where it is sent.</param>
/// <param name="Type">What it says it is.</param>
/// <param name="Bytes">The body.</param>
/// <param name="IsGzip">Whether it says that it is compressed.</param>
internal sealed record MalformedBody(string Path, string Type, byte[] Bytes, bool IsGzip)
{
    private const int LongestNoise = 600;
    private const int DeepestNest = 3_000;

    private static readonly string[] Types = ["application/json", "application/x-protobuf", "application/x-ndjson", "text/plain"];

    private static readonly (string Path, string Json)[] Valid =
    [
        ("/", """{"system_id":"0197c0de-1234-7000-8000-000000000001","components":[{"name":"core","version":"3.21.4"}],"online_workers":{"processes":6,"hosts":2},"postgresql_version":160004,"own":{"deep":[1,2,{"x":null}]}}"""),
        ("/downloads", """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"},{"name":"a/b","version":"dev-main"}]}"""),
        ("/events", """[{"id":"0197c0de-0000-7000-8000-000000000001","timestamp":"2026-11-20T10:00:00Z","service":"api","custom":{"name":"x"}}]"""),
    ];

    public static MalformedBody Make(Random random)
    {
        var (path, json) = Valid[random.Next(Valid.Length)];
        var bytes = random.Next(6) switch
        {
            0 => Noise(random, random.Next(LongestNoise)),
            1 => Encoding.UTF8.GetBytes(json[..random.Next(json.Length)]),
            2 => Flipped(random, Encoding.UTF8.GetBytes(json)),
            3 => Encoding.UTF8.GetBytes(new string("[{\""[random.Next(3)], random.Next(DeepestNest))),
            4 => Encoding.UTF8.GetBytes(json.Replace(json[random.Next(json.Length)].ToString(), random.Next().ToString("x", null), StringComparison.Ordinal)),
            _ => Protobuf(random),
        };
        var isGzip = random.Next(5) == 0;
        return new(path, Types[random.Next(Types.Length)], isGzip ? Compressed(random, bytes) : bytes, isGzip);
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flipped(Random random, byte[] bytes)
    {
        for (var flips = bytes.Length == 0 ? 0 : random.Next(1, 6); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    /// <summary>Fields of a message with lengths that are right, too long, or absurd.</summary>
    private static byte[] Protobuf(Random random)
    {
        var bytes = new List<byte>();
        for (var fields = random.Next(1, 8); fields > 0; fields--)
        {
            var content = Noise(random, random.Next(40));
            bytes.Add((byte)(random.Next(1, 8) << 3 | random.Next(8)));
            bytes.AddRange(random.Next(4) == 0 ? [0xFF, 0xFF, 0xFF, 0xFF, 0x0F] : [(byte)content.Length]);
            bytes.AddRange(content);
        }

        return [.. bytes];
    }

    private static byte[] Compressed(Random random, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return random.Next(2) == 0 ? packed.ToArray() : Flipped(random, packed.ToArray());
    }
}
