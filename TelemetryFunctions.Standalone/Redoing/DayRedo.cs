using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Redoing;

/// <summary>
/// Summarizes closed days again, from the reports that are kept. What comes of a day follows from its reports and from when each system was
/// first seen, so that the points are those of a run that was right from the start. It may be killed anywhere, and be done again.
/// </summary>
internal sealed class DayRedo(
    SummaryRunner runner, Migrator migrator, SummaryProgressStore progressStore, ReportSource source, ReportStore reports, ReportNames names, ImportedWindows imported, KeptWindows kept, PointStore points, ChartUpdater charts, ReportOptions options)
{
    /// <summary>Says what would be done. The store need not be open, and nothing in it is changed.</summary>
    /// <exception cref="StartupException">No day of these is closed.</exception>
    public async Task<RedoPlan> PlanAsync(RedoChoice choice, CancellationToken cancellation) => await migrator.HasStoreAsync(cancellation)
        ? await PlanAsync((await progressStore.ReadAsync(source.Name, cancellation)).Progress, choice, cancellation)
        : await RedoPlan.MakeAsync(SummaryProgress.None, [], reports, options, choice, cancellation);

    /// <summary>Does the days again, oldest first, and makes all charts of the points anew.</summary>
    /// <exception cref="StartupException">No day of these is closed, or another process is summarizing.</exception>
    public async Task<RedoPlan> RunAsync(RedoChoice choice, CancellationToken cancellation)
    {
        RedoPlan? done = null;
        var isAlone = await runner.RunAloneAsync(source, async lease => done = await RunAsync(lease, choice), cancellation);
        return isAlone ? done! : throw new StartupException("Days can't be done again now: another process is summarizing. Try again when it is done.");
    }

    private async Task<RedoPlan> RunAsync(SummaryLease lease, RedoChoice choice)
    {
        var plan = await PlanAsync(lease.Progress, choice, lease.Lost);
        var done = plan.Days.Where(day => day.Refusal == RedoRefusal.None).Select(day => day.Day.Start.ToUnixTimeMilliseconds()).ToHashSet();
        await names.BeginAgainAsync(done, lease.Lost);
        var days = new List<RedoneDay>();
        foreach (var day in plan.Days)
            days.Add(day.Refusal == RedoRefusal.None ? await RunAsync(lease, day) : day);
        await MarkAsync(plan, choice, lease.Lost);

        // A name or a breakdown that a day has no more may have had no other day. And a document is its predecessor and what is new: what was done again is in none.
        if (done.Count > 0)
        {
            await points.MeasureAsync(done, lease.Lost);
            await names.EndAgainAsync(lease.Lost);
        }

        if (done.Count > 0 || choice.WithoutMarks || plan.Kept.Any())
            await charts.RebuildAsync(source, lease.Progress, lease.Lost);
        return new RedoPlan(days);
    }

    /// <summary>Notes which days keep their numbers, in place of what was noted of the same days before.</summary>
    private async Task MarkAsync(RedoPlan plan, RedoChoice choice, CancellationToken cancellation)
    {
        foreach (var day in plan.Days.Where(day => choice.WithoutMarks || day.Refusal == RedoRefusal.None))
            await kept.RemoveAsync(new WindowSpan(day.Day.Start, day.Day.End), cancellation);
        foreach (var days in choice.WithoutMarks ? [] : plan.Kept)
            await kept.AddAsync(days, cancellation);
    }

    private async Task<RedoneDay> RunAsync(SummaryLease lease, RedoneDay day)
    {
        var counts = await source.SummarizeAsync(day.Day, false, lease.Lost);
        await names.GoOnAsync(day.Day, lease.Lost);
        await imported.RemoveAsync(source.Name, day.Day, lease.Lost);
        if (day.Day.End == lease.Progress.Through)
            await lease.WriteAsync(progress => progress.With(counts));
        return day with { Reports = counts.Rows, Excluded = counts.ExcludedRows };
    }

    private async Task<RedoPlan> PlanAsync(SummaryProgress progress, RedoChoice choice, CancellationToken cancellation) =>
        await RedoPlan.MakeAsync(progress, await imported.ReadAsync(source.Name, cancellation), reports, options, choice, cancellation);
}
