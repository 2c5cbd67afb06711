using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events;

/// <summary>How a batch is written.</summary>
public enum EventFormat
{
    /// <summary>An <c>EventBatch</c> of events.proto.</summary>
    Protobuf,

    /// <summary>An array of events, or an object with the member <c>events</c>.</summary>
    Json,

    /// <summary>An event a line.</summary>
    JsonLines,
}

/// <summary>Tells the format of a batch by its media type.</summary>
internal static class EventFormats
{
    /// <exception cref="RequestRejectedException">It is none of those that are taken.</exception>
    public static EventFormat Parse(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
            return EventFormat.Protobuf;

        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.ToString().ToLowerInvariant() : "";
        return type switch
        {
            "application/json" => EventFormat.Json,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/json-lines" => EventFormat.JsonLines,
            "application/octet-stream" or "application/x-protobuf" or "application/protobuf" => EventFormat.Protobuf,
            _ => throw new RequestRejectedException(
                StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type is \"{contentType}\". Send application/json, application/x-ndjson, or protobuf as application/x-protobuf."),
        };
    }
}
