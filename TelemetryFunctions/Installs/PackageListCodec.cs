using Google.Protobuf;
using TelemetryFunctions.Installs.Schema;

namespace TelemetryFunctions.Installs;

/// <summary>Packs the list of packages into chunks that fit into a column.</summary>
internal static class PackageListCodec
{
    private const int MaxChunkBytes = 60 * 1024;

    // Tag and length of an entry in its chunk.
    private const int EntryOverheadBytes = 4;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static IEnumerable<byte[]> Pack(IEnumerable<ListedPackage> packages)
    {
        var (chunk, bytes) = (new PackageListChunk(), 0);
        foreach (var entry in packages.Select(ToEntry))
        {
            var size = entry.CalculateSize() + EntryOverheadBytes;
            if (bytes + size > MaxChunkBytes)
            {
                yield return chunk.ToByteArray();
                (chunk, bytes) = (new PackageListChunk(), 0);
            }

            chunk.Packages.Add(entry);
            bytes += size;
        }

        if (bytes > 0)
            yield return chunk.ToByteArray();
    }

    public static IEnumerable<ListedPackage> Unpack(byte[] chunk) =>
        PackageListChunk.Parser.ParseFrom(chunk).Packages.Select(entry => new ListedPackage(
            entry.Name, entry.Total, entry.Last30Days, DateTimeOffset.FromUnixTimeSeconds(entry.LastInstalledAt))
        {
            Ci = new CiCount(
                entry.HasCi ? entry.Ci : null,
                entry.HasCiSince ? DateOnly.FromDayNumber(entry.CiSince + EpochDay) : null,
                entry.HasCiLast30Days ? entry.CiLast30Days : null),
        });

    private static PackageListEntry ToEntry(ListedPackage package)
    {
        var entry = new PackageListEntry
        {
            Name = package.Name,
            Total = package.Total,
            Last30Days = package.Last30Days,
            LastInstalledAt = package.LastInstalledAt.ToUnixTimeSeconds(),
        };
        if (package.Ci.Total is { } ci)
            entry.Ci = ci;
        if (package.Ci.Since is { } since)
            entry.CiSince = since.DayNumber - EpochDay;
        if (package.Ci.Last30Days is { } last30Days)
            entry.CiLast30Days = last30Days;
        return entry;
    }
}
