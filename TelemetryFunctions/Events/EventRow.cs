using System.Globalization;
using Google.Protobuf;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>What a row of events has been through.</summary>
public enum EventLevel
{
    /// <summary>It is what a batch had of an hour.</summary>
    AsSent = 0,

    /// <summary>It is full, or has all that an hour has.</summary>
    Merged = 1,
}

/// <summary>A row of events.</summary>
/// <param name="Partition">The hour, and a digit.</param>
/// <param name="Key">Its level, and the hash of its events.</param>
/// <param name="Data">Its events, compressed.</param>
/// <param name="Count">How many these are.</param>
public readonly record struct EventRow(string Partition, string Key, byte[] Data, long Count)
{
    /// <summary>The hour of its events.</summary>
    public Window Hour => EventStore.HourOf(Partition);

    public EventLevel Level => Key.StartsWith(KeyOf(EventLevel.Merged, ""), StringComparison.Ordinal) ? EventLevel.Merged : EventLevel.AsSent;

    internal static string KeyOf(EventLevel level, string hash) => ((int)level).ToString(CultureInfo.InvariantCulture) + KeyCodec.Separator + hash;

    /// <summary>Its events.</summary>
    /// <exception cref="InvalidDataException">They can't be read.</exception>
    public IReadOnlyList<StoredEvent> Read() => Read(packed =>
    {
        var events = EventCodec.Unpack(packed);
        return (events, events.Count);
    });

    /// <summary>The distinct users of its events.</summary>
    /// <exception cref="InvalidDataException">They can't be read.</exception>
    public IReadOnlyList<string> ReadUsers() => Read(EventCodec.UnpackUsers);

    private T Read<T>(Func<byte[], (T Read, int Events)> unpack)
    {
        try
        {
            // What brotli lacks at its end it does not miss.
            var (read, events) = unpack(EventCodec.Decompress(Data));
            return events == Count && Count > 0 ? read : throw new InvalidDataException($"It has {events} events of {Count}.");
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidProtocolBufferException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
