namespace TelemetryFunctions.Storage;

/// <summary>
/// What a scan covers: partitions from <paramref name="FromPartition"/> (inclusive) to
/// <paramref name="ToPartition"/> (exclusive), or, where <paramref name="ToPartition"/> is null, the keys of the one partition
/// <paramref name="FromPartition"/> from <paramref name="FromKey"/> (inclusive) to <paramref name="ToKey"/> (exclusive);
/// null is unbounded.
/// </summary>
public sealed record KeyRange(string FromPartition, string? ToPartition, string? FromKey, string? ToKey)
{
    /// <summary>Every row of one partition.</summary>
    public static KeyRange Partition(string partition) => new(partition, null, null, null);

    /// <summary>The keys of one partition from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive); null is unbounded.</summary>
    public static KeyRange Keys(string partition, string? from, string? to) => new(partition, null, from, to);

    /// <summary>The keys of one partition that start with <paramref name="prefix"/>.</summary>
    public static KeyRange Prefix(string partition, string prefix) => new(partition, null, prefix, prefix + KeyCodec.Last);

    /// <summary>Partitions from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public static KeyRange Partitions(string from, string to) => new(from, to, null, null);

    /// <summary>The whole table.</summary>
    public static KeyRange All { get; } = Partitions("-", KeyCodec.Last);
}
