using System.Text.Json;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The part of the app's <c>host.json</c> that shapes its HTTP answers.</summary>
internal sealed record HostJson(string RoutePrefix, IReadOnlyDictionary<string, string> CustomHeaders)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static HostJson Load(string path)
    {
        var http = JsonSerializer.Deserialize<Root>(File.ReadAllText(path), Options)?.Extensions?.Http;
        return new(http?.RoutePrefix ?? "api", http?.CustomHeaders ?? []);
    }

    private sealed record Root(ExtensionsSection? Extensions);

    private sealed record ExtensionsSection(HttpSection? Http);

    private sealed record HttpSection(string? RoutePrefix, Dictionary<string, string>? CustomHeaders);
}
