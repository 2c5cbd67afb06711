using System.Globalization;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

/// <summary>
/// Random streams of events, late, out of order and more than once, and runs that are killed at any call to the store: in the end the
/// rollups are what follows straight from the distinct events.
/// </summary>
public sealed class EventStreamTests
{
    private const int Hours = 4 * 24;
    private const int Users = 12;

    private static readonly string[] Names = ["coffee", "tea", "water"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rollups_are_what_follows_from_the_distinct_events(int seed)
    {
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        var (site, store) = await EventSite.StartKillableAsync(directory);
        await using var running = site;
        site.Site.Clock.Advance(TimeSpan.FromMinutes(30));
        var sent = new Dictionary<string, Event>();
        for (var hour = 0; hour < Hours; hour += random.Next(1, 8))
        {
            for (var batches = random.Next(4); batches > 0; batches--)
                await SendAsync(site, sent, random);
            if (random.Next(2) == 0)
                await RunAsync(site, store, random);
            site.Site.Clock.Advance(TimeSpan.FromHours(random.Next(1, 8)));
        }

        await site.RunAsync();
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await site.RunAsync();

        var from = "?from=2026-11-10&to=2027-01-10";
        var days = sent.Values.GroupBy(DayOf).ToDictionary(day => day.Key, day => day.ToList());
        var all = days.Keys.Order().ToList();
        foreach (var name in Names)
        {
            var counts = all.Select(day => days[day].Count(made => made.Custom?.Name == name)).ToList();
            Assert.Equal(Line(name, counts.Where((_, i) => days[all[i]].Exists(made => made.Custom is not null))), Line(await site.RollupAsync("custom", from), name));
        }

        var attempts = all.Where(day => days[day].Exists(made => made.LoginAttempt is not null)).ToList();
        Assert.Equal(Line("attempts", attempts.Select(day => days[day].Count(made => made.LoginAttempt is not null))), Line(await site.RollupAsync("authentication", from), "attempts"));

        // Users are counted on every day that is over, and today where it has events.
        var active = await site.RollupAsync("active-users", from);
        var last = DateOnly.FromDateTime(site.Site.Clock.GetUtcNow().UtcDateTime);
        var counted = Enumerable.Range(0, last.DayNumber - all[0].DayNumber + (days.ContainsKey(last) ? 1 : 0)).Select(all[0].AddDays).ToList();
        foreach (var (label, span) in new[] { ("daily", 1), ("weekly", 7), ("monthly", 30) })
        {
            Assert.Equal(Line(label, counted.Select(day => Enumerable.Range(0, span)
                .SelectMany(ago => days.GetValueOrDefault(day.AddDays(-ago), []))
                .Where(made => made.HasUserId)
                .DistinctBy(made => made.UserId)
                .Count())), Line(active, label));
        }

        Assert.Equal(0, (await site.RunAsync()).Rows);
    }

    private static async Task SendAsync(EventSite site, Dictionary<string, Event> sent, Random random)
    {
        var batch = Enumerable.Range(0, random.Next(1, 30)).Select(_ => RandomEvent(site, random.Next(), random)).DistinctBy(made => made.Id).ToList();

        // Some come again, in this batch with others.
        var recent = sent.Values.Where(made => made.Timestamp.ToDateTimeOffset() > site.Site.Clock.GetUtcNow().AddDays(-3).AddMinutes(1)).ToList();
        batch.AddRange(recent.OrderBy(_ => random.Next()).Take(random.Next(5)).Where(again => batch.TrueForAll(made => made.Id != again.Id)));
        foreach (var made in batch)
            Assert.True(sent.TryAdd(made.Id, made) || sent[made.Id].Equals(made));
        await site.SendAsync(batch);
        if (random.Next(3) == 0)
            Assert.Equal((0, batch.Count, 0), await site.SendAsync(batch));
    }

    private static Event RandomEvent(EventSite site, int id, Random random) => site.Event(
        id,
        made =>
        {
            if (random.Next(2) == 0)
                made.LoginAttempt = new LoginAttempt { Succeeded = random.Next(4) > 0 };
            else
                made.Custom = new Custom { Name = Names[random.Next(Names.Length)] };
        },
        random.Next(4) == 0 ? null : $"user-{random.Next(Users)}",
        random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(3 * 24 * 60)) : TimeSpan.Zero);

    private static async Task RunAsync(EventSite site, KillableStore store, Random random)
    {
        if (random.Next(2) == 0)
        {
            store.KillAfter(random.Next(200), lastCallCounts: random.Next(2) == 0);
            var error = await Record.ExceptionAsync(site.RunAsync);
            Assert.True(error is null or KilledException or OperationCanceledException, error?.ToString());
            store.Revive();
            site.Site.Clock.Advance(SummaryLease.Length);
        }

        await site.RunAsync();
    }

    private static DateOnly DayOf(Event made) => DateOnly.FromDateTime(made.Timestamp.ToDateTimeOffset().UtcDateTime);

    private static string Line(string label, IEnumerable<int> values) =>
        $"{label}: {string.Join(' ', values.Select(value => value == 0 && label is not ("daily" or "weekly" or "monthly") ? "-" : value.ToString(CultureInfo.InvariantCulture)))}";

    private static string Line(string rollup, string label) => rollup.Split('\n').SingleOrDefault(line => line.StartsWith(label + ":", StringComparison.Ordinal)) ?? "";
}
