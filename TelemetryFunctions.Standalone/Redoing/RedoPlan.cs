using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Redoing;

/// <summary>What becomes of each of the days that were named.</summary>
/// <param name="Days">Every day between the first and the last one that are summarized, oldest first.</param>
internal sealed record RedoPlan(IReadOnlyList<RedoneDay> Days)
{
    /// <param name="progress">How far the service is.</param>
    /// <param name="imported">Days that it did not summarize.</param>
    /// <param name="reports">The raw reports.</param>
    /// <param name="options">Says how long these are kept.</param>
    /// <param name="choice">What was asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartupException">No day of these is closed.</exception>
    public static async Task<RedoPlan> MakeAsync(
        SummaryProgress progress, IReadOnlyList<WindowSpan> imported, ReportStore reports, ReportOptions options, RedoChoice choice, CancellationToken cancellation)
    {
        if (progress is not { First: { } first, Through: { } through } || choice.From >= through)
            throw new StartupException($"There is nothing to do again: {(progress.Through is { } end ? $"the last day that is summarized is {end.AddDays(-1):yyyy-MM-dd}" : "no day is summarized yet")}.");

        if (choice.To < first)
            throw new StartupException($"There is nothing to do again: the first day that is summarized is {first:yyyy-MM-dd}.");

        var oldestKept = through - TimeSpan.FromDays(options.RawRetentionDays);
        var days = new List<RedoneDay>();
        for (var day = Window.Day(choice.From < first ? first : choice.From); day.Start < through && !(day.Start > choice.To); day = day.Next)
        {
            // A day whose reports are gone would be done again as one of which nothing is known.
            var hasReports = day.Start >= oldestKept && (await reports.FindFirstDayAsync(day.Start, cancellation))?.Start == day.Start;
            days.Add(new RedoneDay(day, imported.Any(span => span.Has(day.Start)) && !choice.WithImported ? RedoRefusal.Imported
                : hasReports ? RedoRefusal.None
                : day.Start < oldestKept ? RedoRefusal.Expired
                : RedoRefusal.NoReports));
        }

        return new RedoPlan(days);
    }

    /// <summary>Days that keep their numbers because their reports are gone, those that follow one another together.</summary>
    public IEnumerable<WindowSpan> Kept
    {
        get
        {
            WindowSpan? open = null;
            foreach (var day in Days.Where(day => day.Refusal == RedoRefusal.Expired).Select(day => day.Day))
            {
                if (open is { } span && span.To != day.Start)
                    yield return span;
                open = open is { } before && before.To == day.Start ? before with { To = day.End } : new WindowSpan(day.Start, day.End);
            }

            if (open is { } last)
                yield return last;
        }
    }
}

/// <summary>What is to be done again.</summary>
/// <param name="From">The start of the first day.</param>
/// <param name="To">The start of the last day; null for all that are summarized.</param>
/// <param name="WithImported">Days that were imported, too.</param>
internal readonly record struct RedoChoice(DateTimeOffset From, DateTimeOffset? To, bool WithImported)
{
    /// <summary>Charts do not say which days could not be done again.</summary>
    public bool WithoutMarks { get; init; }
}

/// <summary>A day that was named.</summary>
/// <param name="Day">The day.</param>
/// <param name="Refusal">Why it stays as it is.</param>
internal sealed record RedoneDay(Window Day, RedoRefusal Refusal)
{
    /// <summary>Reports that were counted; null before it was done.</summary>
    public long? Reports { get; init; }

    /// <summary>Reports of systems that do not count.</summary>
    public long Excluded { get; init; }
}

/// <summary>Why a day is not done again.</summary>
internal enum RedoRefusal
{
    None,

    /// <summary>Its numbers were imported, and are not made of the reports here.</summary>
    Imported,

    /// <summary>Its reports are gone, for their age.</summary>
    Expired,

    /// <summary>There are no reports of it.</summary>
    NoReports,
}
