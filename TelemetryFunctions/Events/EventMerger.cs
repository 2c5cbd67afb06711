using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>
/// Merges the rows of hours that get no more events into full ones, each event once and sorted for compression. Killed anywhere, it
/// is done again: an event that is in rows of both levels counts once, as one that was sent twice does.
/// </summary>
public sealed class EventMerger(EventStore events, EventMarks marks)
{
    /// <summary>How long an hour is left as it was sent: longer than events may be late, and than a clock is likely to be wrong unseen.</summary>
    public static readonly TimeSpan MergedAfter = TimeSpan.FromDays(7);

    /// <summary>Events that are in memory at a time; an hour with more is merged in as many passes, by their ids, as it takes.</summary>
    public long MaxEvents { get; init; } = 200_000;

    /// <summary>Merges all hours that are old enough and not merged yet.</summary>
    public async Task MergeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var end = Window.At(now - MergedAfter, EventStore.Hour).Start;
        var from = await marks.FindMergedThroughAsync(cancellation);
        if (from >= end)
            return;

        await foreach (var rows in events.ListHoursAsync(from ?? DateTimeOffset.UnixEpoch, end, cancellation))
        {
            if (rows.Any(row => row.Level != EventLevel.Merged))
                await MergeAsync(rows[0].Hour, rows, cancellation);
            await marks.SetMergedThroughAsync(rows[0].Hour.End, cancellation);
        }

        await marks.SetMergedThroughAsync(end, cancellation);
    }

    private async Task MergeAsync(Window hour, IReadOnlyList<EventRow> rows, CancellationToken cancellation)
    {
        var passes = (uint)Math.Max(1, (rows.Sum(row => row.Count) + MaxEvents - 1) / MaxEvents);
        var (merged, written) = (new List<EventRow>(), new HashSet<(string, string)>());
        for (var pass = 0u; pass < passes; pass++)
        {
            var distinct = new Dictionary<ulong, StoredEvent>();
            await foreach (var row in events.ReadAsync(hour, cancellation))
            {
                if (!TryRead(row, out var read))
                    continue;
                if (pass == 0)
                    merged.Add(row with { Data = [] });
                foreach (var stored in read.Where(stored => EventId.PassOf(stored.Id, passes) == pass))
                    distinct.TryAdd(stored.Id, stored);
            }

            written.UnionWith(await events.WriteAsync(Sort(distinct.Values), EventLevel.Merged, cancellation));
        }

        await events.DeleteAsync(merged.Where(row => !written.Contains((row.Partition, row.Key))), cancellation);
    }

    // What is alike lies together. The id last, so that the same events are the same rows.
    private static List<StoredEvent> Sort(IEnumerable<StoredEvent> events) =>
        [.. events.OrderBy(stored => stored.Service, StringComparer.Ordinal).ThenBy(stored => stored.Content.PayloadCase).ThenBy(stored => stored.Ms).ThenBy(stored => stored.Id)];

    /// <summary>False for a row that can't be read, which stays as it is: it is told of where it is to be counted.</summary>
    private static bool TryRead(EventRow row, out IReadOnlyList<StoredEvent> events)
    {
        try
        {
            events = row.Read();
            return true;
        }
        catch (InvalidDataException)
        {
            events = [];
            return false;
        }
    }
}
