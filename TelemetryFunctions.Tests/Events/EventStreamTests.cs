using System.Globalization;
using System.Net;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

/// <summary>
/// Random streams of events, late, out of order and more than once, users who are forgotten, and runs that are killed at any call to the
/// store: in the end the rollups are what follows straight from the distinct events of those who are not.
/// </summary>
public abstract class EventStreamTests(TestStores stores)
{
    private const int Users = 12;
    private const string Ever = "?from=2026-11-10&to=2027-01-10";

    private static readonly string[] Names = ["coffee", "tea", "water"];

    private protected async Task AssertRollupsFollowAsync(int seed, int hours)
    {
        var random = new Random(seed);
        using var tables = stores.New();
        var (site, store) = await EventSite.StartKillableAsync(tables);
        await using var running = site;
        site.Site.Clock.Advance(TimeSpan.FromMinutes(30));
        var stream = new Stream(site, random);
        for (var hour = 0; hour < hours; hour += random.Next(1, 8))
        {
            for (var batches = random.Next(4); batches > 0; batches--)
                await stream.SendAsync();
            if (random.Next(6) == 0)
                await stream.ForgetAsync($"user-{random.Next(Users)}");
            if (random.Next(2) == 0)
                await RunAsync(site, store, random);
            site.Site.Clock.Advance(TimeSpan.FromHours(random.Next(1, 8)));
        }

        // Until all is over, and what is done again in this hour is not done again in the next.
        site.Site.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(site, store, random);
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await site.RunAsync();
        await AssertRollupsAsync(stream);
        Assert.Equal(0, (await site.RunAsync()).Rows);

        // When all is merged, it is the same, and can be forgotten.
        site.Site.Clock.Advance(EventMerger.MergedAfter);
        await RunAsync(site, store, random);
        Assert.All(await site.Site.Store.ScanAsync(EventStore.Table, KeyRange.All, []).ToListAsync(), row => Assert.StartsWith("1~", row.Key, StringComparison.Ordinal));
        await stream.ForgetAsync("user-1");
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(site, store, random);
        await AssertRollupsAsync(stream);
        var stored = await site.Site.Service<EventStore>().ReadAllAsync(CancellationToken.None).SelectMany(row => row.Read().ToAsyncEnumerable()).ToListAsync();
        Assert.Equal(stream.Sent.Select(IdOf).Order(), stored.Select(one => one.Id).Order());
        Assert.Empty(stored.Select(one => one.Id).Intersect(stream.Forgotten.Select(IdOf)));
    }

    private static async Task AssertRollupsAsync(Stream stream)
    {
        var (site, days) = (stream.Site, stream.Sent.GroupBy(DayOf).ToDictionary(day => day.Key, day => day.ToList()));
        var all = days.Keys.Order().ToList();
        foreach (var name in Names)
        {
            var counts = all.Select(day => days[day].Count(made => made.Custom?.Name == name)).ToList();
            Assert.Equal(Line(name, counts.Where((_, i) => days[all[i]].Exists(made => made.Custom is not null))), Line(await site.RollupAsync("custom", Ever), name));
        }

        var attempts = all.Where(day => days[day].Exists(made => made.LoginAttempt is not null)).ToList();
        Assert.Equal(
            Line("attempts", attempts.Select(day => days[day].Count(made => made.LoginAttempt is not null))), Line(await site.RollupAsync("authentication", Ever), "attempts"));

        // Users are counted on every day that is over.
        var active = await site.RollupAsync("active-users", Ever);
        var last = DateOnly.FromDateTime(site.Site.Clock.GetUtcNow().UtcDateTime);
        var counted = Enumerable.Range(0, last.DayNumber - stream.FirstDay.DayNumber).Select(stream.FirstDay.AddDays).ToList();
        foreach (var (label, span) in new[] { ("daily", 1), ("weekly", 7), ("monthly", 30) })
        {
            Assert.Equal(Line(label, counted.Select(day => Enumerable.Range(0, span)
                .SelectMany(ago => days.GetValueOrDefault(day.AddDays(-ago), []))
                .Where(made => made.HasUserId)
                .DistinctBy(made => made.UserId)
                .Count())), Line(active, label));
        }
    }

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

    private static ulong IdOf(Event made) => EventId.Of(Guid.Parse(made.Id));

    private static DateOnly DayOf(Event made) => DateOnly.FromDateTime(made.Timestamp.ToDateTimeOffset().UtcDateTime);

    private static string Line(string label, IEnumerable<int> values) =>
        $"{label}: {string.Join(' ', values.Select(value => value == 0 && label is not ("daily" or "weekly" or "monthly") ? "-" : value.ToString(CultureInfo.InvariantCulture)))}";

    private static string Line(string rollup, string label) => rollup.Split('\n').SingleOrDefault(line => line.StartsWith(label + ":", StringComparison.Ordinal)) ?? "";

    /// <summary>What is sent, and what of it is to be seen.</summary>
    private sealed class Stream(EventSite site, Random random)
    {
        private readonly Dictionary<string, Event> _sent = [];
        private readonly List<Event> _forgotten = [];
        private readonly Dictionary<string, DateTimeOffset> _forgottenUntil = [];

        public EventSite Site => site;

        /// <summary>The distinct events that count.</summary>
        public IEnumerable<Event> Sent => _sent.Values;

        /// <summary>Events that are to be nowhere.</summary>
        public IEnumerable<Event> Forgotten => _forgotten;

        /// <summary>The first day that ever had events.</summary>
        public DateOnly FirstDay { get; private set; } = DateOnly.MaxValue;

        public async Task SendAsync()
        {
            var batch = Enumerable.Range(0, random.Next(1, 30)).Select(_ => RandomEvent()).DistinctBy(made => made.Id).ToList();

            // Some come again, in this batch with others, also of those that are forgotten.
            batch.AddRange(Again(_sent.Values, 5).Concat(Again(_forgotten, 2)).Where(again => batch.TrueForAll(made => made.Id != again.Id)).ToList());
            var taken = batch.Where(made => !_forgottenUntil.TryGetValue(made.UserId, out var until) || made.Timestamp.ToDateTimeOffset() > until).ToList();
            foreach (var made in taken)
                Assert.True(_sent.TryAdd(made.Id, made) || _sent[made.Id].Equals(made));
            FirstDay = taken.Select(DayOf).Append(FirstDay).Min();
            Assert.Equal(batch.Count - taken.Count, (await site.SendAsync(batch)).Rejected);
            if (random.Next(3) == 0)
                Assert.Equal((0, taken.Count, batch.Count - taken.Count), await site.SendAsync(batch));
        }

        public async Task ForgetAsync(string user)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await site.Site.Client.DeleteAsync($"/events/users/{user}")).StatusCode);
            _forgottenUntil[user] = site.Site.Clock.GetUtcNow();
            foreach (var made in _sent.Values.Where(made => made.UserId == user).ToList())
            {
                _sent.Remove(made.Id);
                _forgotten.Add(made);
            }
        }

        private IEnumerable<Event> Again(IEnumerable<Event> events, int most) => events
            .Where(made => made.Timestamp.ToDateTimeOffset() > site.Site.Clock.GetUtcNow().AddDays(-3).AddMinutes(1))
            .OrderBy(_ => random.Next())
            .Take(random.Next(most));

        private Event RandomEvent() => site.Event(
            random.Next(),
            made =>
            {
                if (random.Next(2) == 0)
                    made.LoginAttempt = new LoginAttempt { Succeeded = random.Next(4) > 0 };
                else
                    made.Custom = new Custom { Name = Names[random.Next(Names.Length)] };
            },
            random.Next(4) == 0 ? null : $"user-{random.Next(Users)}",
            random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(3 * 24 * 60)) : TimeSpan.Zero);
    }
}

public sealed class SqliteEventStreamTests() : EventStreamTests(new SqliteStores())
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task Rollups_are_what_follows_from_the_distinct_events(int seed) => AssertRollupsFollowAsync(seed, hours: 4 * 24);
}

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureEventStreamTests(Azurite azurite) : EventStreamTests(new AzuriteStores(azurite))
{
    [StoreFact]
    public Task Rollups_are_what_follows_from_the_distinct_events() => AssertRollupsFollowAsync(seed: 5, hours: 24);
}
