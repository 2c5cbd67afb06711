using System.Text.Json;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>What the host tells a timer function about its run; without times, as for a timer that has no monitor.</summary>
public sealed record TimerRun(bool IsPastDue = false, DateTimeOffset? Last = null, DateTimeOffset? Next = null)
{
    internal string ToJson() => JsonSerializer.Serialize(new
    {
        Schedule = new { AdjustForDST = true },
        ScheduleStatus = Last is null && Next is null
            ? null
            : new { Last = Last.GetValueOrDefault(), LastUpdated = Last.GetValueOrDefault(), Next = Next.GetValueOrDefault() },
        IsPastDue,
    });
}
