namespace TelemetryFunctions.Installs;

/// <summary>A counter's installs in CI.</summary>
/// <param name="Total">Those from <paramref name="Since"/> on.</param>
/// <param name="Since">The first day on which they are told apart; null where they always were.</param>
/// <param name="Days">Those of the last days.</param>
public sealed record CiInstalls(long Total, DateOnly? Since, DailyInstalls Days)
{
    public static readonly CiInstalls None = new(0, null, DailyInstalls.None);

    /// <summary>True for a day of which it is known what was CI.</summary>
    public bool Knows(DateOnly day) => !(day < Since);

    /// <summary>The same with what a window has for a counter.</summary>
    /// <param name="ci">What the counter has; null where nothing was told apart yet.</param>
    /// <param name="all">All installs of the counter so far.</param>
    /// <param name="delta">The window's.</param>
    internal static CiInstalls? Plus(CiInstalls? ci, DailyInstalls all, InstallDelta delta)
    {
        foreach (var (day, installs) in delta.Days)
        {
            // A day of which only a part is told apart says nothing, and neither do those before it.
            if (installs.Untold > 0 || (ci is null && all.On(day) > 0))
                ci = new CiInstalls(0, day.AddDays(1), DailyInstalls.None);
            ci ??= new CiInstalls(0, day, DailyInstalls.None);
            if (ci.Knows(day) && installs.Ci > 0)
                ci = ci with { Total = ci.Total + installs.Ci, Days = ci.Days.Plus(day, installs.Ci) };
        }

        return ci;
    }
}

/// <summary>Installs in CI, as they are shown.</summary>
/// <param name="Total">Those since <paramref name="Since"/>; null where nothing was told apart yet.</param>
/// <param name="Since">The first day on which they are told apart; null where they always were.</param>
/// <param name="Last30Days">Those of the last 30 days; null where they were not told apart on all of them.</param>
public readonly record struct CiCount(long? Total, DateOnly? Since, long? Last30Days);
