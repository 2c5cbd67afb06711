namespace TelemetryFunctions.Installs;

/// <summary>The installs of a package, or of one of its versions.</summary>
/// <param name="Total">Installs of all time.</param>
/// <param name="Ci">Those of them that were in CI; null where nothing was told apart yet.</param>
/// <param name="Days">Installs of the last days.</param>
/// <param name="LastInstalledAt">The start of the hour of the last install.</param>
/// <param name="Through">The end of the last window that was added.</param>
public sealed record Counter(long Total, CiInstalls? Ci, DailyInstalls Days, DateTimeOffset LastInstalledAt, DateTimeOffset Through)
{
    public static readonly Counter None = new(0, CiInstalls.None, DailyInstalls.None, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>The counter with the installs of one more window.</summary>
    public Counter Plus(InstallDelta delta, DateTimeOffset through) => new(
        Total + delta.Installs,
        CiInstalls.Plus(Ci, Days, delta),
        delta.Days.Aggregate(Days, (days, day) => days.Plus(day.Key, day.Value.All)),
        delta.LastInstalledAt,
        through);

    /// <summary>The installs in CI as they are shown.</summary>
    public CiCount CiOn(DateOnly today)
    {
        if (Ci is not { } ci)
            return default;

        var untold = ci.Since is { } since ? Days.Between(today.AddDays(1 - DailyInstalls.SumDays), since.AddDays(-1)) : 0;
        return new CiCount(ci.Total, ci.Since, untold == 0 ? ci.Days.Last30(today) : null);
    }
}
