using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Client.Events;

namespace TelemetryFunctions.Tests.Client.Events;

public sealed class EventTrackerTests
{
    [Fact]
    public async Task A_full_batch_is_sent_at_once_and_the_rest_after_ten_seconds()
    {
        await using var rig = await TrackerRig.StartAsync();

        rig.Track(0, 250);
        Assert.Equal(Enumerable.Range(0, 100), (await rig.Site.TakeAsync()).Numbers);
        Assert.Equal(Enumerable.Range(100, 100), (await rig.Site.TakeAsync()).Numbers);
        rig.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(2, rig.Site.All.Count);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(200, 50), (await rig.Site.TakeAsync()).Numbers);
    }

    [Fact]
    public async Task What_an_event_lacks_is_filled_in_and_what_it_has_stays()
    {
        await using var rig = await TrackerRig.StartAsync();
        var noon = rig.Clock.GetUtcNow();

        rig.Track(0, 1);
        rig.Tracker.Track(new Event
        {
            Id = "0197c0de-0000-7000-8000-000000000001",
            Timestamp = (noon - TimeSpan.FromHours(1)).ToTimestamp(),
            Service = "signalling",
            UserId = "42",
            TokenRefreshed = new(),
        });
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        var sent = (await rig.Site.TakeAsync()).Events;

        var id = Guid.ParseExact(sent[0].Id, "D");
        Assert.Equal(7, id.Version);
        Assert.Equal(("api", noon), (sent[0].Service, sent[0].Timestamp.ToDateTimeOffset()));
        Assert.Equal(("0197c0de-0000-7000-8000-000000000001", "signalling", "42"), (sent[1].Id, sent[1].Service, sent[1].UserId));
        Assert.Equal(noon - TimeSpan.FromHours(1), sent[1].Timestamp.ToDateTimeOffset());
    }

    [Fact]
    public async Task It_goes_to_the_site_with_its_key_and_compressed()
    {
        await using var rig = await TrackerRig.StartAsync(options => options.Endpoint = new Uri(options.Endpoint!, "/below/a/path"));

        rig.Track(0, 100);
        var request = await rig.Site.TakeAsync();

        Assert.Equal(("POST", "/below/a/path/events"), (request.Method, request.Path));
        Assert.Equal("open-sesame", request.Headers["x-functions-key"]);
        Assert.Equal(("application/x-protobuf", "gzip"), (request.Headers["Content-Type"], request.Headers["Content-Encoding"]));
    }

    [Fact]
    public async Task The_host_goes_on_while_the_site_does_not_answer_and_what_has_no_room_is_counted()
    {
        await using var rig = await TrackerRig.StartAsync(options => (options.Capacity, options.RequestTimeout) = (1_000, TimeSpan.FromDays(1)));
        var answer = new TaskCompletionSource();
        rig.Site.Next(async context =>
        {
            await answer.Task;
            await SiteStandIn.Accept(context);
        });

        rig.Track(0, 100);
        Assert.Equal(Enumerable.Range(0, 100), (await rig.Site.TakeAsync()).Numbers);
        rig.Track(100, 1_150);
        Assert.Equal((0, 50, 0, 0), rig.Counts);
        answer.SetResult();
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 100).Concat(Enumerable.Range(150, 1_000)), rig.Site.All.SelectMany(request => request.Numbers));
        Assert.Equal((1_100, 50, 0, 0), rig.Counts);
        Assert.Contains(rig.Log.GetSnapshot(), line => line.Message.Contains("50 events were dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_threads_nothing_is_lost_below_the_bound()
    {
        await using var rig = await TrackerRig.StartAsync();

        await Parallel.ForAsync(0, 8, (thread, _) =>
        {
            rig.Track(thread * 1_000, (thread + 1) * 1_000);
            return ValueTask.CompletedTask;
        });
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 8_000), rig.Site.All.SelectMany(request => request.Numbers).Order());
        Assert.Equal(8_000, rig.Site.All.SelectMany(request => request.Events).DistinctBy(sent => sent.Id).Count());
        Assert.Equal((8_000, 0, 0, 0), rig.Counts);
    }

    [Fact]
    public async Task Each_sending_is_one_line_in_the_log()
    {
        await using var rig = await TrackerRig.StartAsync();

        rig.Track(0, 120);
        await rig.CloseAsync();

        Assert.Equal(2, rig.Log.Count);
        Assert.All(rig.Log.GetSnapshot(), line => Assert.StartsWith("Sent ", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposal_sends_what_is_there_and_what_comes_later_is_counted()
    {
        await using var rig = await TrackerRig.StartAsync();

        rig.Track(0, 7);
        await rig.CloseAsync();
        rig.Track(7, 9);
        rig.Tracker.Dispose();

        Assert.Equal(Enumerable.Range(0, 7), Assert.Single(rig.Site.All).Numbers);
        Assert.Equal((7, 2, 0, 0), rig.Counts);
    }

    [Fact]
    public async Task What_is_tracked_while_it_is_disposed_of_is_sent_or_counted()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var rig = await TrackerRig.StartAsync();
            var tracked = 0;
            var hosts = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (rig.Counts.Dropped == 0)
                    rig.Tracker.Track(TrackerRig.Numbered(Interlocked.Increment(ref tracked)));
            })).ToList();

            await rig.Site.TakeAsync();
            await rig.CloseAsync();
            await Task.WhenAll(hosts);

            Assert.Equal(tracked, rig.Counts.Sent + rig.Counts.Dropped);
            Assert.Equal(rig.Counts.Sent, rig.Site.All.SelectMany(request => request.Numbers).Distinct().Count());
        }
    }

    [Fact]
    public async Task Disposal_ends_at_its_deadline_and_counts_what_is_left()
    {
        await using var rig = await TrackerRig.StartAsync();
        rig.Site.Always = SiteStandIn.Hold;

        rig.Track(0, 350);
        await rig.Site.TakeAsync();
        var closed = rig.CloseAsync().AsTask();
        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(closed.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await closed.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((0, 350, 0, 0), rig.Counts);
    }

    [Fact]
    public async Task What_can_not_be_sent_does_not_take_the_others_along()
    {
        await using var rig = await TrackerRig.StartAsync();

        rig.Tracker.Track(null!);
        rig.Tracker.Track(new Event { Custom = new Custom { Name = new string('x', 8 * 1024) } });
        rig.Track(0, 98);
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 98), Assert.Single(rig.Site.All).Numbers);
        Assert.Equal((98, 1, 1, 0), rig.Counts);
    }

    [Fact]
    public async Task Turned_off_it_takes_events_and_sends_nothing()
    {
        await using var rig = await TrackerRig.StartAsync(options => (options.Enabled, options.Endpoint, options.Key) = (false, null, null));

        rig.Track(0, 1_000);
        await rig.CloseAsync();

        Assert.Empty(rig.Site.All);
        Assert.Equal((0, 0, 0, 0), rig.Counts);
    }
}
