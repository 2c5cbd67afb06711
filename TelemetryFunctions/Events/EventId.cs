using System.Buffers.Binary;

namespace TelemetryFunctions.Events;

/// <summary>The id of an event: a UUID in either of its two usual forms, of which 64 bits are kept.</summary>
/// <remarks>
/// They only tell events of an hour apart. UUIDs are random in one half or the other, or both: of ten million events an hour, two are taken for
/// one in that many hours that nobody will see it (one in 370,000).
/// </remarks>
internal static class EventId
{
    /// <summary>Bytes of an id as it is kept.</summary>
    public const int Bytes = sizeof(ulong);

    /// <summary>Bytes of a UUID.</summary>
    public const int UuidBytes = 16;

    public static bool TryParse(string text, out ulong id)
    {
        var isUuid = Guid.TryParseExact(text, "D", out var uuid) || Guid.TryParseExact(text, "N", out uuid);
        id = Of(uuid);
        return isUuid;
    }

    public static ulong Of(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[UuidBytes];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return Of(bytes);
    }

    /// <summary>The id of a UUID's 16 bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> uuid) => BinaryPrimitives.ReadUInt64BigEndian(uuid) ^ BinaryPrimitives.ReadUInt64BigEndian(uuid[Bytes..]);

    /// <summary>In which of several passes over an hour an event is looked at, by its id.</summary>
    public static uint PassOf(ulong id, uint passes) => (uint)(id % passes);
}
