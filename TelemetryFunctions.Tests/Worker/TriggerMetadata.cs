using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>
/// The names and values of a request that the host sends beside it, from which the worker binds a function's plain
/// parameters. A later source replaces an earlier one: the properties of a JSON body, the query, the route.
/// </summary>
internal static class TriggerMetadata
{
    public static async Task<IDictionary<string, TypedData>> ReadAsync(HttpRequest request)
    {
        var metadata = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in await ReadBodyAsync(request))
        {
            metadata[property.Name] = property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? new() { Json = property.Value.GetRawText() }
                : new() { String = property.Value.ToString() };
        }

        foreach ((string name, var value) in request.Query.Where(pair => !pair.Key.Equals("code", StringComparison.OrdinalIgnoreCase)))
            metadata[name] = new() { String = value.ToString() };

        foreach ((string name, object? value) in request.HttpContext.GetRouteData().Values.Where(pair => pair.Value is not null))
            metadata[name] = new() { String = value!.ToString() };

        metadata.TryAdd("Query", new() { Json = ToJson(request.Query) });
        metadata.TryAdd("Headers", new() { Json = ToJson(request.Headers) });
        return metadata;
    }

    /// <summary>The host keeps a body of known length and parses it; a chunked one goes to the worker unread.</summary>
    private static async Task<IEnumerable<JsonProperty>> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is not > 0)
            return [];

        request.EnableBuffering();
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
            return body.ValueKind is JsonValueKind.Object ? body.EnumerateObject() : [];
        }
        catch (JsonException)
        {
            return [];
        }
        finally
        {
            await request.Body.CopyToAsync(Stream.Null);
            request.Body.Position = 0;
        }
    }

    private static string ToJson(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values) =>
        JsonSerializer.Serialize(values.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
}
