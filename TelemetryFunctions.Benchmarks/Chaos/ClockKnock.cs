using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>A clock that jumps a season ahead, and is put right.</summary>
internal static class ClockKnock
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstDay = new(2026, 3, 1);

    public static async Task<string> HitAsync()
    {
        using var directory = new ChaosDirectory();
        var oldest = Guid.NewGuid();
        using (var site = ChaosSite.Start(directory.Path, First))
        {
            await site.ReportAsync(oldest);
            await ReportAsync(site, 4);
        }

        // Raw data is kept for 60 days. By this clock it is older.
        using (var site = ChaosSite.Start(directory.Path, First.AddDays(105)))
        {
            await ReportAsync(site, 3);
            await UntilCountedAsync(site, (FirstDay, 5));
            using var known = await site.Client.GetAsync($"/systems/{oldest}");
            BrokenPromiseException.Unless(known.IsSuccessStatusCode, $"a report was removed on the word of a clock that had just jumped: {(int)known.StatusCode}");
        }

        // The three of the day that never was count on the day that is.
        using (var site = ChaosSite.Start(directory.Path, First.AddHours(1)))
        {
            await UntilCountedAsync(site);
            await ReportAsync(site, 2);
        }

        using (var site = ChaosSite.Start(directory.Path, First.AddHours(13).AddMinutes(10)))
        {
            await UntilCountedAsync(site, (FirstDay, 10));
            using var known = await site.Client.GetAsync($"/systems/{oldest}");
            BrokenPromiseException.Unless(known.IsSuccessStatusCode, "a report is gone");
        }

        return "105 days ahead and back, over four starts: nothing was removed, and each report counts once, on a day that there was";
    }

    private static async Task ReportAsync(ChildSite site, int systems)
    {
        for (var i = 0; i < systems; i++)
            BrokenPromiseException.Unless(await site.ReportAsync(Guid.NewGuid()) == 200, "a report was refused");
    }

    private static async Task UntilCountedAsync(ChildSite site, params (DateOnly Day, int Systems)[] wanted)
    {
        await site.UntilAsync(string.Join(", ", wanted), async () =>
            string.Join(", ", (await site.ActiveSystemsAsync()).OrderBy(day => day.Key).Select(day => (day.Key, day.Value))));
    }
}
