using System.Text;
using Google.Protobuf;
using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Benchmarks;

/// <summary>The reports of a day, the same on every run.</summary>
internal static class BenchmarkReports
{
    /// <summary>The day on which they are sent.</summary>
    public static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private const int ComponentsOfSystem = 5;

    private static readonly string[] Components = ["core", "rpm", "container", "file", "python", "ansible", "deb", "ostree"];

    /// <summary>The n-th system.</summary>
    public static string Id(int system) => Report(system).SystemId;

    /// <summary>The body of the n-th system's report.</summary>
    public static byte[] Body(int system) => Report(system).ToByteArray();

    /// <summary>The same report as JSON.</summary>
    public static byte[] Json(int system) => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Report(system)));

    /// <summary>The same JSON with members that the schema does not know: what properties.yaml reads.</summary>
    public static byte[] Properties(int system) => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Report(system))
        .Replace("\"onlineWorkers\"", "\"worker_counts\"", StringComparison.Ordinal)
        .Replace("\"onlineContentApps\"", "\"content_app_counts\"", StringComparison.Ordinal)
        .Replace("\"components\"", "\"component_list\"", StringComparison.Ordinal));

    private static Report Report(int system)
    {
        var random = new Random(system);
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);

        // A random UUID: one that is made of a key is taken with the key alone.
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        var report = new Report
        {
            SystemId = Convert.ToHexStringLower(id),
            OnlineWorkers = new ProcessStats { Processes = (uint)random.Next(1, 40), Hosts = (uint)random.Next(1, 8) },
            OnlineContentApps = new ProcessStats { Processes = (uint)random.Next(1, 12), Hosts = (uint)random.Next(1, 4) },
        };
        var first = random.Next(Components.Length);
        for (var i = 0; i < ComponentsOfSystem; i++)
            report.Components.Add(new Component { Name = Components[(first + i) % Components.Length], Version = $"3.{random.Next(40)}.{random.Next(6)}" });
        return report;
    }
}
