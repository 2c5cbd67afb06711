using System.Net;
using System.Text.Json;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

/// <summary>What becomes of a user who is to be forgotten, in one test store or another.</summary>
public abstract class ForgetUserTests(TestStores stores) : IAsyncLifetime
{
    private readonly TestStore _store = stores.New();
    private protected EventSite Site { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Site = await EventSite.StartAsync(_store);
        Site.Site.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    public async Task DisposeAsync()
    {
        await Site.DisposeAsync();
        _store.Dispose();
    }

    [StoreFact]
    public async Task A_user_counts_nowhere_any_more_and_is_gone_from_the_store()
    {
        await Site.SendAsync(Login(1, "somebody-known"), Login(2, "another"), Login(3, "somebody-known", TimeSpan.FromDays(2)));
        await Site.SendAsync(Login(4, "somebody-known"));
        await Site.RunAsync();
        Assert.Equal("daily: 1 0 2\nmonthly: 1 1 2\nweekly: 1 1 2", await Site.RollupAsync("active-users"));

        await ForgetAsync("somebody-known");
        Site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.RunAsync();

        Assert.Equal("daily: 0 0 1\nmonthly: 0 0 1\nweekly: 0 0 1", await Site.RollupAsync("active-users"));
        Assert.Contains("attempts: 1", await Site.RollupAsync("authentication"), StringComparison.Ordinal);
        Assert.False(await _store.HoldsAsync("somebody-known"));
        Assert.True(await _store.HoldsAsync("another"));
        Assert.Null(await PendingAsync());
    }

    [StoreFact]
    public async Task What_a_user_does_later_is_taken_and_what_was_before_and_comes_late_is_not()
    {
        await Site.SendAsync(Login(1, "a"));
        await ForgetAsync("a");
        Site.Site.Clock.Advance(TimeSpan.FromMinutes(10));

        var (status, answer) = await Site.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(
            new EventBatch { Events = { Login(2, "a", TimeSpan.FromHours(1)), Login(3, "b", TimeSpan.FromHours(1)), Login(4, "a") } }));

        Assert.Equal(200, status);
        Assert.Equal((2, 0, 1), EventSite.Counts(answer));
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(0, error.GetProperty("index").GetInt32());
        Assert.Contains("forgotten", error.GetProperty("reason").GetString(), StringComparison.Ordinal);

        await Site.RunAsync();
        Assert.Contains("attempts: 2", await Site.RollupAsync("authentication"), StringComparison.Ordinal);
        Assert.Equal("daily: 2\nmonthly: 2\nweekly: 2", await Site.RollupAsync("active-users"));
    }

    [StoreFact]
    public async Task The_answer_says_when_and_health_says_what_is_pending()
    {
        await Site.SendAsync(Login(1, "a"));
        var requested = Site.Site.Clock.GetUtcNow();
        var doneBy = await ForgetAsync("a");
        await ForgetAsync("never/seen");
        Assert.InRange(doneBy, requested.AddHours(1), requested.AddHours(2));
        Assert.Equal((2, requested), await PendingAsync());

        // A batch may be on its way through another process that does not know it yet.
        await Site.RunAsync();
        Assert.Equal((2, requested), await PendingAsync());

        Site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.RunAsync();
        Assert.Null(await PendingAsync());
    }

    [StoreFact]
    public async Task The_note_goes_when_nothing_can_come_any_more_that_it_is_about()
    {
        await ForgetAsync("a");
        Site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.RunAsync();
        Assert.Single(await RowsAsync(ForgottenUsers.Table));

        Site.Site.Clock.Advance(EventLimits.MaxAge);
        await Site.RunAsync();
        Assert.Empty(await RowsAsync(ForgottenUsers.Table));
    }

    [StoreFact]
    public async Task A_note_stays_where_it_was_asked_for_once_more_while_it_was_to_go()
    {
        var notes = Site.Site.Service<ForgottenUsers>();
        await ForgetAsync("a");
        var read = Assert.Single(await notes.ReadAsync(CancellationToken.None));
        await ForgetAsync("a");

        await notes.DeleteAsync(read, CancellationToken.None);
        var there = Assert.Single(await notes.ReadAsync(CancellationToken.None));
        await notes.DeleteAsync(there, CancellationToken.None);
        Assert.Empty(await notes.ReadAsync(CancellationToken.None));
    }

    [StoreFact]
    public async Task Notes_and_what_is_derived_do_not_name_the_user()
    {
        await ForgetAsync("somebody-known");
        Assert.False(await _store.HoldsAsync("somebody-known"));
    }

    [StoreFact]
    public async Task Ids_are_taken_as_they_are_in_events()
    {
        foreach (var (i, path) in ((string[])["a%2Fb", "c/d", "jos%C3%A9%40example.org"]).Index())
        {
            await Site.SendAsync(Login(i, Uri.UnescapeDataString(path)));
            Assert.Equal(HttpStatusCode.Accepted, (await Site.Site.Client.DeleteAsync("/events/users/" + path)).StatusCode);
        }

        Site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.RunAsync();
        Assert.Empty(await RowsAsync(EventStore.Table));
        foreach (var wrong in (string[])["", new string('x', EventLimits.MaxUserLength + 1)])
            Assert.Equal(HttpStatusCode.BadRequest, (await Site.Site.Client.DeleteAsync("/events/users/" + wrong)).StatusCode);
    }

    private protected async Task<DateTimeOffset> ForgetAsync(string user)
    {
        var response = await Site.Site.Client.DeleteAsync("/events/users/" + Uri.EscapeDataString(user));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("doneBy").GetDateTimeOffset();
    }

    private async Task<(int Count, DateTimeOffset Since)?> PendingAsync()
    {
        using var health = JsonDocument.Parse(await Site.Site.GetAsync("/health"));
        return health.RootElement.TryGetProperty("forgetting", out var forgetting)
            ? (forgetting.GetProperty("pending").GetInt32(), forgetting.GetProperty("since").GetDateTimeOffset())
            : null;
    }

    private protected Event Login(int id, string user, TimeSpan ago = default) => Site.Event(id, made => made.LoginAttempt = new LoginAttempt { Succeeded = true }, user, ago);

    private async Task<List<Row>> RowsAsync(TableSchema table) => await Site.Site.Store.ScanAsync(table, KeyRange.All).ToListAsync();
}

public sealed class SqliteForgetUserTests() : ForgetUserTests(new SqliteStores())
{
    [Fact]
    public async Task What_was_counted_over_days_that_have_expired_stays()
    {
        await Site.SendAsync(Login(1, "a"), Login(2, "b"));
        Site.Site.Clock.Advance(TimeSpan.FromDays(10));
        await Site.SendAsync(Login(3, "c"));
        Site.Site.Clock.Advance(TimeSpan.FromDays(80));
        await Site.RunAsync();
        var query = "?from=2026-11-28&to=2026-11-28";
        Assert.Equal("daily: 1\nmonthly: 3\nweekly: 1", await Site.RollupAsync("active-users", query));

        await ForgetAsync("c");
        Site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.RunAsync();

        // The month began before the events that are kept, and can't be counted again.
        Assert.Equal("daily: 0\nmonthly: 3\nweekly: 0", await Site.RollupAsync("active-users", query));
        Assert.Equal("daily: 2\nmonthly: 2\nweekly: 2", await Site.RollupAsync("active-users", "?from=2026-11-18&to=2026-11-18"));
    }
}

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureForgetUserTests(Azurite azurite) : ForgetUserTests(new AzuriteStores(azurite));
