using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Which days are the service's own: it has summarized them, or has reports of them and will.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Imported">Days that it did not summarize.</param>
/// <param name="Waiting">The first day whose reports are yet to be summarized; null where there is none.</param>
/// <param name="Today">The start of the day that is not over.</param>
internal sealed record OwnDays(SummaryProgress Progress, IReadOnlyList<WindowSpan> Imported, DateTimeOffset? Waiting, DateTimeOffset Today)
{
    public static async Task<OwnDays> ReadAsync(
        SummaryProgress progress, ImportedWindows imported, ReportStore reports, TimeProvider clock, CancellationToken cancellation) => new(
            progress,
            await imported.ReadAsync(ReportSource.SourceName, cancellation),
            (await reports.FindFirstDayAsync(progress.Through ?? DateTimeOffset.MinValue, cancellation))?.Start,
            Window.Day(clock.GetUtcNow()).Start);

    /// <summary>The moment from which on nothing can be imported: the service does these days itself.</summary>
    public DateTimeOffset End => Waiting is { } waiting && waiting < Today ? waiting : Today;

    /// <summary>What keeps a day from being imported.</summary>
    public Refusal Judge(DateTimeOffset day) =>
        day >= Today ? Refusal.NotOver
        : day >= Waiting ? Refusal.Waiting
        : Progress.First <= day && day < Progress.Through && !Imported.Any(span => span.Has(day)) ? Refusal.Summarized
        : Refusal.None;
}

/// <summary>Why a day is not imported.</summary>
internal enum Refusal
{
    None,

    /// <summary>The service has summarized it from its own reports.</summary>
    Summarized,

    /// <summary>The service has reports of it, and will summarize them.</summary>
    Waiting,

    /// <summary>It is not over.</summary>
    NotOver,
}
