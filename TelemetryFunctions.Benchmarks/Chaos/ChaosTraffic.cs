using System.Text.Json;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>What is sent to a service that is knocked about, and what must come of it.</summary>
internal sealed class ChaosTraffic
{
    private const int ReportsAnHour = 120;
    private const int NotificationsAnHour = 60;
    private const int BatchesAnHour = 12;
    private const int EventsABatch = 25;
    private const int Names = 7;

    private readonly SortedDictionary<DateOnly, int> _systems = [];
    private readonly SortedDictionary<string, int> _packages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _events = new(StringComparer.Ordinal);

    public int Reports => _systems.Values.Sum();

    public int Installs => _packages.Values.Sum();

    public int Events => _events.Values.Sum();

    /// <summary>What is sent in an hour, each at least once: systems, clients and events of their own.</summary>
    public List<Sent> Make(DateTimeOffset now, Random random)
    {
        var sends = new List<Sent>();
        for (var i = 0; i < ReportsAnHour; i++)
        {
            sends.Add(Sent.Of("/", new { system_id = Guid.NewGuid(), components = new[] { new { name = "core", version = "3.21.4" } } }));
            Count(_systems, DateOnly.FromDateTime(now.UtcDateTime));
        }

        for (var i = 0; i < NotificationsAnHour; i++)
        {
            var package = $"vendor/package-{random.Next(Names)}";
            sends.Add(Sent.Of("/downloads", new { downloads = new[] { new { name = package, version = "1.0.0.0" } } }) with { Agent = $"Composer/2.{i}" });
            Count(_packages, package);
        }

        for (var i = 0; i < BatchesAnHour; i++)
        {
            var batch = Enumerable.Range(0, EventsABatch).Select(_ => $"happened-{random.Next(Names)}").ToList();
            sends.Add(Sent.Of("/events", batch.Select(name => new { id = Guid.NewGuid(), timestamp = now, service = "chaos", custom = new { name } })));
            batch.ForEach(name => Count(_events, name));
        }

        return [.. sends.OrderBy(_ => random.Next())];
    }

    /// <summary>What must be told of it.</summary>
    public string Wanted() => Text(
        _systems.Select(day => $"{day.Key:MM-dd} {day.Value}"), _packages.Select(package => $"{package.Key} {package.Value}"), _events.Select(made => $"{made.Key} {made.Value}"));

    /// <summary>What is told, in an order of its own.</summary>
    public static string Text(params ReadOnlySpan<IEnumerable<string>> counts)
    {
        var text = new List<string>();
        foreach (var of in counts)
            text.Add(string.Join(", ", of.Order(StringComparer.Ordinal)));
        return string.Join("; ", text);
    }

    private static void Count<T>(SortedDictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}

/// <summary>A request that is sent until it is answered.</summary>
internal sealed record Sent(string Path, byte[] Body, string Agent = "chaos/1")
{
    public static Sent Of<T>(string path, T body) => new(path, JsonSerializer.SerializeToUtf8Bytes(body));
}
