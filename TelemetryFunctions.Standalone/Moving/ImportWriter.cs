namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Tells what was imported, or would be, and what was not and why.</summary>
internal static class ImportWriter
{
    public static async Task WriteAsync(TextWriter output, ImportPlan plan, History history, bool isDryRun)
    {
        var lines = new List<string>();
        if (plan.Metrics.Count > 0)
            lines.Add(isDryRun ? "To be written; nothing was changed:" : "Written:");
        else
            lines.Add(isDryRun ? "Nothing is to be written." : "Nothing was written.");
        lines.AddRange(plan.Metrics.Select(metric => Invariant(
            $"  {metric.Id}: {Count(metric.Points, "point")} on {Days(metric.Days)}{(metric.Series.Count > 1 ? Invariant($", in {metric.Series.Count:n0} series") : "")}")));
        if (plan.Systems > 0)
            lines.Add(Invariant($"  the registry: first and last seen of {Count(plan.Systems, "system")}, so that ages go on"));

        var leftOut = LeftOut(plan, history).ToList();
        if (leftOut.Count > 0)
            lines.Add("Left out:");
        lines.AddRange(leftOut.Select(line => "  " + line));
        foreach (var line in lines)
            await output.WriteLineAsync(line);
    }

    private static IEnumerable<string> LeftOut(ImportPlan plan, History history)
    {
        foreach (var (refusal, days) in plan.Refused)
        {
            yield return Days(days) + refusal switch
            {
                Refusal.Summarized => ": this service has summarized these days itself; --replace overwrites them",
                Refusal.Waiting => ": this service has reports of these days, and will summarize them itself",
                _ => ": not over yet",
            };
        }

        if (plan.DaysOfFew > 0)
            yield return Invariant($"{Count(plan.DaysOfFew, "day")} of names that too few systems carry (Telemetry__MinimumLabelSystems)");
        foreach (var (metric, days) in plan.PersonalDays)
            yield return Invariant($"{Count(days, "day")} of {metric} with labels that look personal (docs/adding-a-metric.md says what does, and how to allow it)");
        foreach (var metric in plan.Unknown)
            yield return $"{metric}: the catalogue has no such metric; Telemetry__MetricsFile names one that has";
        foreach (var line in history.LeftOut)
            yield return line;
    }

    private static string Days(SortedSet<long> days) => days.Count == 1
        ? Write(days.Min)
        : Invariant($"{days.Count:n0} days from {Write(days.Min)} to {Write(days.Max)}");

    private static string Write(long ms) => MoveDays.Write(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    private static string Count(long count, string what) => Invariant($"{count:n0} {what}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
