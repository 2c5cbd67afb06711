using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>What is counted: a package, or one version of it.</summary>
public readonly record struct CounterKey(string Package, string? Version);

/// <summary>Installs to be added to a counter.</summary>
public sealed class InstallDelta
{
    private readonly SortedDictionary<DateOnly, long> _days = [];

    /// <summary>Installs by the UTC day of their bucket.</summary>
    public IReadOnlyDictionary<DateOnly, long> Days => _days;

    public long Installs => _days.Values.Sum();

    /// <summary>The start of the last hour with an install, or of the last one of its bucket where that is longer.</summary>
    public DateTimeOffset LastInstalledAt { get; private set; }

    public void Add(DateTimeOffset bucketEnd)
    {
        // A bucket divides a day, so what comes before its end is its own day.
        var inside = bucketEnd.AddTicks(-1);
        Add(DateOnly.FromDateTime(inside.UtcDateTime), 1);
        var hour = Window.At(inside, TimeSpan.FromHours(1)).Start;
        LastInstalledAt = hour > LastInstalledAt ? hour : LastInstalledAt;
    }

    public void Add(InstallDelta other)
    {
        foreach (var (day, installs) in other.Days)
            Add(day, installs);
        LastInstalledAt = other.LastInstalledAt > LastInstalledAt ? other.LastInstalledAt : LastInstalledAt;
    }

    private void Add(DateOnly day, long installs) => _days[day] = _days.GetValueOrDefault(day) + installs;
}
