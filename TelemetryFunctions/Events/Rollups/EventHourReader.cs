using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>Reads the events of an hour, each id once, in memory that does not grow with the hour.</summary>
public sealed partial class EventHourReader(EventStore events, ILogger<EventHourReader> logger)
{
    /// <summary>Ids that are remembered at a time; an hour with more is read in as many passes as it takes.</summary>
    public long MaxIds { get; init; } = 1_000_000;

    /// <summary>Rows that could not be read.</summary>
    public long Skipped { get; private set; }

    /// <summary>How many events the hours of a day have, those that came more than once counted each time; of hours that have some.</summary>
    public Task<Dictionary<Window, long>> CountAsync(Window day, CancellationToken cancellation) => events.CountAsync(day, cancellation);

    /// <summary>The distinct events of an hour.</summary>
    /// <param name="hour">The hour.</param>
    /// <param name="count">How many events it has, as <see cref="CountAsync"/> says.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(Window hour, long count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var passes = (uint)Math.Max(1, (count + MaxIds - 1) / MaxIds);
        for (var pass = 0u; pass < passes; pass++)
        {
            var ids = new HashSet<ulong>();
            await foreach (var row in events.ReadAsync(hour, cancellation))
            {
                foreach (var stored in Read(hour, row, isFirst: pass == 0))
                {
                    if (EventId.PassOf(stored.Id, passes) == pass && ids.Add(stored.Id))
                        yield return stored;
                }
            }
        }
    }

    private IReadOnlyList<StoredEvent> Read(Window hour, EventRow row, bool isFirst)
    {
        try
        {
            return row.Read();
        }
        catch (InvalidDataException e)
        {
            if (isFirst)
            {
                Skipped++;
                Log.Skipped(logger, row.Key, hour.Start, e.Message);
            }

            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The batch {Key} of events of {Hour:u} can't be read and is skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, string key, DateTimeOffset hour, string reason);
    }
}
