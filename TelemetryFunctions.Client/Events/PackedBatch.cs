using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Client.Events;

/// <summary>A batch as it is sent, the same bytes at every try: the service knows by the ids what it has already.</summary>
/// <param name="Body">An <c>EventBatch</c>, gzipped.</param>
/// <param name="Events">The events in it, in their order.</param>
/// <param name="Newest">When the last of them was tracked.</param>
internal sealed record PackedBatch(byte[] Body, IReadOnlyList<Event> Events, DateTimeOffset Newest)
{
    private static readonly uint EventTag = WireFormat.MakeTag(EventBatch.EventsFieldNumber, WireFormat.WireType.LengthDelimited);

    /// <summary>Packs events, and fills in what they lack.</summary>
    /// <param name="tracked">The events.</param>
    /// <param name="service">The service of those that name none.</param>
    /// <param name="unusable">Called for each event that can't be sent, with the reason.</param>
    public static PackedBatch Of(IReadOnlyList<TrackedEvent> tracked, string service, Action<Event, string> unusable)
    {
        var packed = new List<Event>(tracked.Count);
        using var body = new MemoryStream();
        using (var zip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var output = new CodedOutputStream(zip))
        {
            foreach (var (@event, at) in tracked)
            {
                if (TryWrite(@event, at, service, unusable) is not { } bytes)
                    continue;
                output.WriteTag(EventTag);
                output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
                packed.Add(@event);
            }
        }

        return new PackedBatch(body.ToArray(), packed, tracked.Max(one => one.At));
    }

    private static byte[]? TryWrite(Event @event, DateTimeOffset at, string service, Action<Event, string> unusable)
    {
        try
        {
            @event.Timestamp ??= at.ToTimestamp();
            if (@event.Id.Length == 0)
                @event.Id = Guid.CreateVersion7(at).ToString();
            if (@event.Service.Length == 0)
                @event.Service = service;

            var bytes = @event.ToByteArray();
            if (bytes.Length <= EventLimits.MaxEventBytes)
                return bytes;
            unusable(@event, $"it has {bytes.Length} bytes, and the service takes {EventLimits.MaxEventBytes} at most.");
        }
        catch (Exception e)
        {
            // Whatever it is, such as an event that its host goes on changing: it must not take the others along.
            unusable(@event, e.Message);
        }

        return null;
    }
}
