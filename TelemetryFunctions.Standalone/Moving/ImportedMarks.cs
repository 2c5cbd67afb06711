using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Enters what a history tells of its days beside their points, where the days are imported.</summary>
internal sealed class ImportedMarks(OutageStore outages, KeptWindows kept)
{
    public async Task WriteAsync(History history, ImportFilter filter, CancellationToken cancellation)
    {
        foreach (var outage in history.Outages.Where(outage => filter.Judge(new DateTimeOffset(outage.Day, TimeOnly.MinValue, TimeSpan.Zero)) == Refusal.None))
            await outages.AddAsync(outage, cancellation);
        foreach (var days in history.Kept.Where(days => filter.Judge(days.To.AddDays(-1)) == Refusal.None))
            await kept.AddAsync(days, cancellation);
    }
}
