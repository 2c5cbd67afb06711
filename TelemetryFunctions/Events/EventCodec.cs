using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using TelemetryFunctions.Events.Schema;

namespace TelemetryFunctions.Events;

/// <summary>Packs events of one hour into the bytes of a row, and reads them.</summary>
internal static class EventCodec
{
    // Little is gained beyond, and ingest waits for it; nobody waits for a merge, whose rows stay.
    private const int QualityAsSent = 5;
    private const int QualityMerged = 9;
    private const int WindowBits = 22;

    private static readonly MessageParser<StoredEventUsers> UsersParser = StoredEventUsers.Parser.WithDiscardUnknownFields(true);

    /// <summary>The events in columns, the same bytes for the same events.</summary>
    public static byte[] Pack(ReadOnlySpan<StoredEvent> events)
    {
        var stored = new StoredEvents();
        var ids = new byte[events.Length * EventId.Bytes];
        var (services, users) = (new Dictionary<string, uint>(), new Dictionary<string, uint>());
        var before = 0L;
        for (var i = 0; i < events.Length; i++)
        {
            var (id, ms, service, user, content) = events[i];
            BinaryPrimitives.WriteUInt64BigEndian(ids.AsSpan(i * EventId.Bytes), id);
            stored.Times.Add(ms - before);
            stored.Services.Add(PlaceOf(service, services, stored.ServiceNames));
            stored.Users.Add(PlaceOf(user, users, stored.UserNames));
            stored.Payloads.Add(content.ToByteString());
            before = ms;
        }

        stored.Ids = UnsafeByteOperations.UnsafeWrap(ids);
        return stored.ToByteArray();
    }

    /// <summary>What <see cref="Pack"/> packed.</summary>
    /// <exception cref="InvalidDataException">It is not that.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is not that either.</exception>
    public static IReadOnlyList<StoredEvent> Unpack(byte[] packed)
    {
        var stored = Read(packed);
        var events = new StoredEvent[stored.Payloads.Count];
        var ms = 0L;
        for (var i = 0; i < events.Length; i++)
        {
            ms += stored.Times[i];
            events[i] = new StoredEvent(IdOf(stored, i), ms, stored.ServiceNames[(int)stored.Services[i]], stored.UserNames[(int)stored.Users[i]], Event.Parser.ParseFrom(stored.Payloads[i]));
        }

        return events;
    }

    /// <summary>The distinct users of what <see cref="Pack"/> packed, and how many events it has, for much less than to unpack them.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is not that.</exception>
    public static (IReadOnlyList<string> Users, int Events) UnpackUsers(byte[] packed)
    {
        var stored = UsersParser.ParseFrom(packed);
        return (stored.UserNames, stored.Users.Count);
    }

    public static byte[] Compress(byte[] packed, EventLevel level)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(packed.Length)];
        return BrotliEncoder.TryCompress(packed, compressed, out var length, level == EventLevel.Merged ? QualityMerged : QualityAsSent, WindowBits)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli wants more than its longest output.");
    }

    public static byte[] Decompress(byte[] compressed)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress))
            brotli.CopyTo(packed);
        return packed.ToArray();
    }

    private static StoredEvents Read(byte[] packed)
    {
        var stored = StoredEvents.Parser.ParseFrom(packed);
        var count = stored.Payloads.Count;
        return (stored.Ids.Length == count * EventId.Bytes || stored.Ids.Length == count * EventId.UuidBytes) && stored.Times.Count == count
            && stored.Services.Count == count && stored.Services.All(place => place < stored.ServiceNames.Count)
            && stored.Users.Count == count && stored.Users.All(place => place < stored.UserNames.Count)
                ? stored
                : throw new InvalidDataException("The columns of the events do not fit together.");
    }

    // Rows of former versions have the whole UUIDs.
    private static ulong IdOf(StoredEvents stored, int i) => stored.Ids.Length == stored.Payloads.Count * EventId.Bytes
        ? BinaryPrimitives.ReadUInt64BigEndian(stored.Ids.Span.Slice(i * EventId.Bytes, EventId.Bytes))
        : EventId.Of(stored.Ids.Span.Slice(i * EventId.UuidBytes, EventId.UuidBytes));

    private static uint PlaceOf(string name, Dictionary<string, uint> places, ICollection<string> names)
    {
        if (places.TryGetValue(name, out var place))
            return place;
        names.Add(name);
        return places[name] = (uint)places.Count;
    }
}

/// <summary>An event as it is stored.</summary>
/// <param name="Id">Its id, see <see cref="EventId"/>.</param>
/// <param name="Ms">When it happened, epoch ms.</param>
/// <param name="Service">The service that told it.</param>
/// <param name="User">Who did it; empty where nobody is named.</param>
/// <param name="Content">Its payload, and nothing else.</param>
public readonly record struct StoredEvent(ulong Id, long Ms, string Service, string User, Event Content)
{
    /// <summary>What is stored of an event that <see cref="EventCheck"/> finds right.</summary>
    public static StoredEvent Of(Event @event)
    {
        if (!EventId.TryParse(@event.Id, out var id))
            throw new ArgumentException("The event has not been checked.", nameof(@event));
        var content = @event.Clone();
        (content.Id, content.Timestamp, content.Service) = ("", null, "");
        content.ClearUserId();
        return new StoredEvent(id, @event.Timestamp.ToDateTimeOffset().ToUnixTimeMilliseconds(), @event.Service, @event.UserId, content);
    }
}
