using System.Text.Json.Serialization;

namespace TelemetryFunctions.Charts.Page;

/// <summary>An entry of manifest.json, which web/build.mjs writes.</summary>
internal sealed record WebManifestEntry(string File, string Type);

[JsonSerializable(typeof(Dictionary<string, WebManifestEntry>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class WebManifestJson : JsonSerializerContext;
