using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>Reads all that is stored under a system's id. Who knows the id, or has the key that it is made of, may know it.</summary>
public sealed class SystemReader(ReportStore reports, SystemRegistry registry, TimeProvider clock)
{
    /// <summary>What is stored; null where nothing is.</summary>
    public async Task<StoredSystem?> FindAsync(SystemId system, CancellationToken cancellation)
    {
        var known = await registry.FindAsync(system, cancellation);
        var days = await reports.FindDaysAsync(system, cancellation);

        // Also where there is none: how long an answer takes does not tell which ids there are.
        var last = days.Count > 0 ? days[^1] : Window.Day(clock.GetUtcNow());
        var report = await reports.FindAsync(last, system, cancellation);
        return known is null && report is null ? null : new StoredSystem(
            known is { } seen ? Day(seen.FirstSeen) : null,
            known is { } lastly ? Day(lastly.LastSeen) : null,
            [.. days.Select(day => Day(day.Start))],
            report);
    }

    private static DateOnly Day(DateTimeOffset start) => DateOnly.FromDateTime(start.UtcDateTime);
}

/// <summary>All that is stored under a system's id.</summary>
/// <param name="FirstSeen">The first day with a report; null before that day is summarized.</param>
/// <param name="LastSeen">The last day with a report that is summarized; null before.</param>
/// <param name="Days">The days of which there is a report, oldest first.</param>
/// <param name="LastReport">The last one; null where all have expired.</param>
public sealed record StoredSystem(DateOnly? FirstSeen, DateOnly? LastSeen, IReadOnlyList<DateOnly> Days, ReceivedReport? LastReport);
