using FsCheck;
using FsCheck.Fluent;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>
/// Random notifications and roll-ups by processes that are killed at random writes, compared with a set in memory.
/// </summary>
public sealed class KillTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 10, 0, TimeSpan.Zero);
    private static readonly TimeSpan LeaseAndMore = TimeSpan.FromSeconds(31);

    // Window lengths of less than an hour, an hour, more, and ones that don't fit into hours.
    private static readonly int[] DedupeSeconds = [600, 2700, 3600, 7200, 86400];

    [Fact]
    public void Each_closed_bucket_counts_exactly_once_whatever_is_killed_where() =>
        Prop.ForAll(Scripts().ToArbitrary(), script => PlayAsync(script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static Gen<Script> Scripts() =>
        from dedupe in Gen.Elements(DedupeSeconds)
        from steps in Gen.ListOf(
            from isRollUp in Gen.Frequency((3, Gen.Constant(false)), (2, Gen.Constant(true)))
            from client in Gen.Choose(1, 4)
            from packages in Gen.Choose(1, 15)
            from minutes in Gen.Frequency((3, Gen.Choose(0, 20)), (2, Gen.Choose(30, 90)), (1, Gen.Choose(600, 3000)))
            from killAt in Gen.Frequency((1, Gen.Constant(int.MaxValue)), (2, Gen.Choose(1, 60)))
            from isDone in ArbMap.Default.GeneratorFor<bool>()
            select new Step(isRollUp, client, packages, minutes, killAt, isDone),
            25)
        select new Script(dedupe, [.. steps]);

    private static async Task PlayAsync(Script script)
    {
        var clock = new ManualClock(Start);
        var disk = new MemoryTableStore(clock);
        var expected = new HashSet<(long Bucket, int Client, Download Download)>();
        foreach (var step in script.Steps)
        {
            clock.Advance(TimeSpan.FromMinutes(step.Minutes));
            AvoidGrace(clock);
            await DieOrNotAsync(step.IsRollUp ? RollUpAsync : NotifyAsync);

            async Task DieOrNotAsync(Func<InstallSite, Task> work)
            {
                var mortal = new MortalStore(disk, step.KillAt, step.IsDone);
                try
                {
                    await work(new InstallSite(mortal, clock, script.DedupeSeconds));
                }
                catch (Exception) when (mortal.IsKilled)
                {
                    // The next process comes when the lease is stale, or when the client tries again at once.
                    if (step.IsRollUp)
                        clock.Advance(LeaseAndMore);
                    else
                        await NotifyAsync(new InstallSite(disk, clock, script.DedupeSeconds));
                }
            }

            Task RollUpAsync(InstallSite site) => site.RollUpAsync();

            Task NotifyAsync(InstallSite site)
            {
                var bucket = clock.GetUtcNow().ToUnixTimeSeconds() / script.DedupeSeconds;
                var downloads = Downloads(step).ToArray();
                foreach (var download in downloads)
                    expected.Add((bucket, step.Client, download));
                return site.NotifyAsAsync(IsCi(step.Client) ? InstallSite.CiAgent : InstallSite.Agent, step.Client, downloads);
            }
        }

        var last = new InstallSite(disk, clock, script.DedupeSeconds);
        clock.Advance(TimeSpan.FromDays(2));
        AvoidGrace(clock);
        await last.RollUpAsync();

        // After such a silence nothing is removed for its age in the first hour.
        clock.Advance(TimeSpan.FromHours(1));
        await last.RollUpAsync();
        await CompareAsync(last, script, expected);
    }

    private static async Task CompareAsync(
        InstallSite site, Script script, HashSet<(long Bucket, int Client, Download Download)> expected)
    {
        DateOnly DayOf(long bucket) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(bucket * script.DedupeSeconds).UtcDateTime);

        var (progress, _) = await site.Progress.ReadAsync(InstallSource.SourceName, default);
        var listed = await site.List.ReadAsync(default);
        Assert.Equal(expected.Count == 0 ? null : progress.Through, listed.Through);
        Assert.Equal(
            expected.Select(install => install.Download.Package).Distinct().Order(StringComparer.Ordinal),
            listed.Find("", PackageOrder.Name, 1, 1000).Packages.Select(package => package.Name));
        foreach (var package in listed.Find("", PackageOrder.Name, 1, 1000).Packages)
        {
            var installs = expected.Where(install => install.Download.Package == package.Name).ToList();
            Assert.Equal(installs.Count, package.Total);
            var firstDay = DateOnly.FromDateTime(progress.Through!.Value.UtcDateTime.AddTicks(-1)).AddDays(-29);
            Assert.Equal(installs.Count(install => DayOf(install.Bucket) >= firstDay), package.Last30Days);
            Assert.Equal(
                installs.CountBy(install => (DayOf(install.Bucket), "installs")).OrderBy(day => day.Key).Select(day => (day.Key, (long)day.Value)),
                (await site.ReadPointsAsync(package.Name, byVersion: false)).OrderBy(point => point.Key).Select(point => (point.Key, point.Value)));
            Assert.Equal(
                installs.CountBy(install => (DayOf(install.Bucket), install.Download.Version)).OrderBy(day => day.Key).Select(day => (day.Key, (long)day.Value)),
                (await site.ReadPointsAsync(package.Name, byVersion: true)).OrderBy(point => point.Key).Select(point => (point.Key, point.Value)));
            Assert.Equal(
                installs.CountBy(install => install.Download.Version).OrderBy(version => version.Key).Select(version => (version.Key, (long)version.Value)),
                (await site.ReadVersionsAsync(package.Name)).OrderBy(version => version.Key).Select(version => (version.Key, version.Value.Total)));

            var inCi = installs.Where(install => IsCi(install.Client)).ToList();
            Assert.Equal(new CiCount(inCi.Count, null, inCi.Count(install => DayOf(install.Bucket) >= firstDay)), package.Ci);
            Assert.Equal(
                inCi.CountBy(install => DayOf(install.Bucket)).OrderBy(day => day.Key).Select(day => (day.Key, (long)day.Value)),
                await new InstallPoints(site.Points).ReadCiAsync(new CounterKey(package.Name, null), default).ToListAsync());
            foreach (var (version, counter) in await site.ReadVersionsAsync(package.Name))
                Assert.Equal((inCi.Count(install => install.Download.Version == version), null), (counter.Ci!.Total, counter.Ci.Since));
        }

        Assert.Equal(
            expected.CountBy(install => (DayOf(install.Bucket), IsCi(install.Client) ? "8.3" : "8.2")).OrderBy(day => day.Key).Select(day => (day.Key, (long)day.Value)),
            (await site.Agents.ReadAsync(default).ToListAsync()).SelectMany(day => day.Counts.Php.Select(php => ((day.Day, php.Key), php.Value))).OrderBy(day => day.Item1));
        Assert.Equal(expected.Count, (await site.Agents.ReadAsync(default).ToListAsync()).Sum(day => day.Counts.Platforms["Linux"]));

        // Two days on, neither salts nor raw rows are left.
        Assert.Null(await site.Salts.FindOldestAsync(default) is { } day && day < DateOnly.FromDateTime(progress.Through!.Value.UtcDateTime) ? day : null);
        Assert.Null(await site.Installs.FindOldestAsync(default));
    }

    private static bool IsCi(int client) => client % 2 == 0;

    private static IEnumerable<Download> Downloads(Step step)
    {
        for (var i = 0; i < 4; i++)
        {
            if ((step.Packages >> i & 1) == 1)
                yield return new Download($"vendor/package-{i}", step.Packages % 3 == 0 ? "1.0.0" : "2.0.0");
        }
    }

    /// <summary>A run in the minute after a window's end waits for the clock, which stands still here.</summary>
    private static void AvoidGrace(ManualClock clock)
    {
        if (clock.GetUtcNow().Minute == 0)
            clock.Advance(TimeSpan.FromMinutes(1));
        while (clock.GetUtcNow().ToUnixTimeSeconds() % 600 < 61)
            clock.Advance(TimeSpan.FromSeconds(61));
    }

    public sealed record Script(int DedupeSeconds, Step[] Steps)
    {
        public override string ToString() => $"{DedupeSeconds} s\n{string.Join('\n', Steps.AsEnumerable())}";
    }

    public sealed record Step(bool IsRollUp, int Client, int Packages, int Minutes, int KillAt, bool IsDone);
}
