using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>What is counted: a package, or one version of it.</summary>
public readonly record struct CounterKey(string Package, string? Version);

/// <summary>Installs to be added to a counter.</summary>
public sealed class InstallDelta
{
    private readonly SortedDictionary<DateOnly, DayInstalls> _days = [];

    /// <summary>Installs by the UTC day of their bucket.</summary>
    public IReadOnlyDictionary<DateOnly, DayInstalls> Days => _days;

    public long Installs => _days.Values.Sum(day => day.All);

    /// <summary>The start of the last hour with an install, or of the last one of its bucket where that is longer.</summary>
    public DateTimeOffset LastInstalledAt { get; private set; }

    /// <summary>Adds one install.</summary>
    /// <param name="bucketEnd">The end of its bucket.</param>
    /// <param name="isCi">Whether it was in CI; null where that is not known.</param>
    public void Add(DateTimeOffset bucketEnd, bool? isCi)
    {
        // A bucket divides a day, so what comes before its end is its own day.
        var inside = bucketEnd.AddTicks(-1);
        Add(DateOnly.FromDateTime(inside.UtcDateTime), new DayInstalls(1, isCi is true ? 1 : 0, isCi is null ? 1 : 0));
        var hour = Window.At(inside, TimeSpan.FromHours(1)).Start;
        LastInstalledAt = hour > LastInstalledAt ? hour : LastInstalledAt;
    }

    public void Add(InstallDelta other)
    {
        foreach (var (day, installs) in other.Days)
            Add(day, installs);
        LastInstalledAt = other.LastInstalledAt > LastInstalledAt ? other.LastInstalledAt : LastInstalledAt;
    }

    private void Add(DateOnly day, DayInstalls installs) => _days[day] = _days.GetValueOrDefault(day).Plus(installs);
}

/// <summary>Installs of a day.</summary>
/// <param name="All">All of them.</param>
/// <param name="Ci">Those in CI.</param>
/// <param name="Untold">Those of which it is not known.</param>
public readonly record struct DayInstalls(long All, long Ci, long Untold)
{
    public DayInstalls Plus(DayInstalls other) => new(All + other.All, Ci + other.Ci, Untold + other.Untold);
}
