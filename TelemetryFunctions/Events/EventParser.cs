using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events;

/// <summary>Reads batches of events. An event that can't be read does not keep the others from being taken.</summary>
public static class EventParser
{
    private static readonly MessageParser<EventBatch> Protobuf = EventBatch.Parser.WithDiscardUnknownFields(true);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The events of a batch in their order, each as it was read or why it was not.</summary>
    /// <exception cref="RequestRejectedException">It is no batch, or has too many events.</exception>
    public static IReadOnlyList<ReadEvent> Parse(ReadOnlySpan<byte> body, EventFormat format)
    {
        try
        {
            var events = format switch
            {
                EventFormat.Protobuf => Protobuf.ParseFrom(body).Events.Select(read => new ReadEvent(read, null)).ToList(),
                EventFormat.Json => ReadJson(WithoutMark(body)),
                _ => ReadLines(WithoutMark(body)),
            };
            return events.Count <= EventLimits.MaxEvents ? events : throw new RequestRejectedException(
                StatusCodes.Status413PayloadTooLarge, $"The batch has {events.Count} events; at most {EventLimits.MaxEvents} are taken. Send more batches.");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or JsonException or FormatException or ArgumentException)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, $"The body is no {Describe(format)}: {e.Message}");
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private static List<ReadEvent> ReadJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Strict);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            FindEvents(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("it is neither an array of events nor an object with the member \"events\", an array.");

        var events = new List<ReadEvent>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            events.Add(ReadEventJson(json[start..(int)reader.BytesConsumed]));
        }

        // What comes behind the array must be JSON too.
        while (reader.Read())
            reader.TrySkip();
        return events;
    }

    private static void FindEvents(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvents = reader.ValueTextEquals("events"u8);
            reader.Read();
            if (isEvents)
                return;
            reader.Skip();
        }
    }

    private static List<ReadEvent> ReadLines(ReadOnlySpan<byte> json)
    {
        var events = new List<ReadEvent>();
        foreach (var range in json.Split((byte)'\n'))
        {
            var line = json[range].Trim(" \t\r"u8);
            if (!line.IsEmpty)
                events.Add(ReadEventJson(line));
        }

        return events;
    }

    private static ReadEvent ReadEventJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return new ReadEvent(Json.Parse<Event>(Utf8.GetString(json)), null);
        }
        catch (Exception e)
        {
            // Not all that a parser throws is foreseen; whatever it is, it is about this event.
            return new ReadEvent(null, $"It is no event as events.proto describes it: {e.Message}");
        }
    }

    private static string Describe(EventFormat format) => format switch
    {
        EventFormat.Protobuf => "EventBatch of events.proto",
        EventFormat.Json => "JSON array of events",
        _ => "list of lines of JSON",
    };
}

/// <summary>An event as it was read.</summary>
/// <param name="Event">The event; null where it could not be read.</param>
/// <param name="Error">Why not; null where it was.</param>
public readonly record struct ReadEvent(Event? Event, string? Error);
