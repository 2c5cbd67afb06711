using Google.Protobuf;
using TelemetryFunctions.Events.Schema;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>Packs the numbers of a rollup in a window, and reads them.</summary>
internal static class RollupCodec
{
    public static byte[] Pack(Rollup rollup, IEnumerable<RollupPoint> points)
    {
        var labels = points.ToLookup(point => point.Label, StringComparer.Ordinal);
        var stored = new StoredRollup();
        foreach (var label in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            stored.Labels.Add(label.Key);
            var numbers = label.ToDictionary(point => point.Value, point => point.Number);

            // A number that there is not is none.
            stored.Numbers.AddRange(rollup.Values.Select(value => numbers.GetValueOrDefault(value, double.NaN)));
        }

        return EventCodec.Compress(stored.ToByteArray(), EventLevel.AsSent);
    }

    public static StoredRollup Unpack(byte[] packed) => StoredRollup.Parser.ParseFrom(EventCodec.Decompress(packed));
}
