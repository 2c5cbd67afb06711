using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Puts the counters back to a moment after a clock was ahead: what they counted of later days came on that day, and windows from
/// then on are still to be added.
/// </summary>
public sealed class InstallRewind(PackageStore packages, InstallPoints points)
{
    /// <param name="now">The time by the clock that is right.</param>
    /// <param name="through">The end of the last window that is over.</param>
    /// <param name="cancellation">Ends it; doing it again goes on.</param>
    public async Task RewindAsync(DateTimeOffset now, DateTimeOffset through, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await foreach (var package in packages.ReadNamesAsync(cancellation))
        {
            var versions = await packages.ReadVersionNamesAsync(package, cancellation).ToListAsync(cancellation);
            foreach (var key in versions.Cast<string?>().Prepend(null).Select(version => new CounterKey(package, version)))
            {
                // Points last: the days of the counter are made of them, since it keeps only the last ones there were.
                var days = Fold(await points.ReadAsync(key, cancellation).ToListAsync(cancellation), today);
                var ciDays = Fold(await points.ReadCiAsync(key, cancellation).ToListAsync(cancellation), today);
                var counter = await packages.ChangeAsync(key, counter => Rewind(counter, days, ciDays, now, through), cancellation);
                await points.WriteAsync(key, today, counter, cancellation);
            }

            await points.DeleteAfterAsync(package, today, cancellation);
        }
    }

    private static Counter Rewind(
        Counter counter, DailyInstalls days, DailyInstalls ciDays, DateTimeOffset now, DateTimeOffset through)
    {
        if (counter.Through <= through)
            return counter;

        var hour = Window.At(now, TimeSpan.FromHours(1)).Start;
        return counter with
        {
            Days = days,
            Ci = Rewind(counter.Ci, ciDays, DateOnly.FromDateTime(now.UtcDateTime)),
            LastInstalledAt = counter.LastInstalledAt < hour ? counter.LastInstalledAt : hour,
            Through = through,
        };
    }

    /// <remarks>Where they are told apart from a day on that is yet to come, today, on which what came before it now counts, is not told apart.</remarks>
    private static CiInstalls? Rewind(CiInstalls? ci, DailyInstalls days, DateOnly today) =>
        ci is null ? null
        : ci.Knows(today) ? ci with { Days = days }
        : new CiInstalls(0, today.AddDays(1), DailyInstalls.None);

    private static DailyInstalls Fold(List<(DateOnly Day, long Installs)> days, DateOnly today) =>
        DailyInstalls.Of(days.GroupBy(day => day.Day < today ? day.Day : today, day => day.Installs).Select(day => (day.Key, day.Sum())));
}
