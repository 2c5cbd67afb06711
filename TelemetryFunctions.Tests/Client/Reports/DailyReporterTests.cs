using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

/// <summary>All begin on Wednesday, 18 November 2026, at noon.</summary>
public sealed class DailyReporterTests : IDisposable
{
    private const int Seven = 7 * 60;
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestSite.Noon.UtcDateTime);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Midnight = TestSite.Noon - Day / 2;

    private readonly ReportRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task After_a_first_start_half_an_hour_is_left_to_turn_it_off()
    {
        await _rig.StartAsync();

        _rig.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Empty(_rig.Reports);
        _rig.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["11-18 12:30"], _rig.Times);
    }

    [Fact]
    public async Task Then_it_reports_each_day_at_a_minute_that_it_drew_once()
    {
        await _rig.StartAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));
        var state = (await _rig.Store.FindAsync(CancellationToken.None))!;
        var minute = TimeOnly.MinValue.AddMinutes(state.Minute).ToString("HH:mm", null);

        _rig.Clock.AdvanceTo(Midnight + 4 * Day);

        Assert.Equal(["11-18 12:30", $"11-19 {minute}", $"11-20 {minute}", $"11-21 {minute}"], _rig.Times);
    }

    [Fact]
    public void Minutes_are_spread_over_the_day() =>
        Assert.InRange(Enumerable.Range(0, 1_000).Select(_ => SystemState.Create(TestSite.Noon).Minute / 60).Distinct().Count(), 24, 24);

    [Theory]
    [InlineData("2026-11-18", "11-19 07:00")]
    [InlineData("2026-11-17", "11-18 12:00", "11-19 07:00")]
    [InlineData("2026-10-01", "11-18 12:00", "11-19 07:00")]
    public async Task A_restart_makes_up_for_a_minute_that_was_missed_and_reports_no_day_twice(string claimed, params string[] times)
    {
        await _rig.KnownAsync(Seven, DateOnly.Parse(claimed, null));

        await _rig.StartAsync();
        _rig.Clock.AdvanceTo(Midnight + 2 * Day);

        Assert.Equal(times, _rig.Times);
        Assert.Single(_rig.Reports.DistinctBy(report => report.Key));
    }

    [Fact]
    public async Task A_day_on_which_it_fails_is_lost_and_the_next_is_not()
    {
        await _rig.KnownAsync(Seven, Today);
        await _rig.StartAsync();

        foreach (var answer in new Func<HttpResponseMessage>[]
        {
            () => new(HttpStatusCode.InternalServerError), () => throw new HttpRequestException("down"), () => new(HttpStatusCode.BadRequest),
            () => new(HttpStatusCode.OK) { Content = new StringContent("<html>") }, () => new(HttpStatusCode.Found),
        })
        {
            _rig.Answer = answer;
            _rig.Clock.Advance(Day);
        }

        Assert.Equal(["11-19 07:00", "11-20 07:00", "11-21 07:00", "11-22 07:00", "11-23 07:00"], _rig.Times);
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_not_waited_for()
    {
        await _rig.KnownAsync(Seven, Today);
        _rig.IsSilent = true;
        await _rig.StartAsync();

        _rig.Clock.AdvanceTo(Midnight + Day + TimeSpan.FromMinutes(Seven + 0.5));
        await _rig.Clock.UntilTimersAsync(1);
        _rig.Clock.Advance(Day);

        Assert.Equal(["11-19 07:00", "11-20 07:00"], _rig.Times);
        Assert.True(_rig.Logged("no answer within 30 seconds"));
    }

    [Fact]
    public async Task A_product_that_can_not_say_what_is_in_it_is_asked_again_tomorrow()
    {
        await _rig.KnownAsync(Seven, Today);
        var fill = _rig.Fill;
        _rig.Fill = _ => throw new InvalidOperationException("The database is away.");
        await _rig.StartAsync();

        _rig.Clock.Advance(Day);
        _rig.Fill = fill;
        _rig.Clock.Advance(Day);

        Assert.Equal(["11-20 07:00"], _rig.Times);
    }

    [Fact]
    public async Task Of_three_nodes_one_reports()
    {
        for (var node = 0; node < 3; node++)
            await _rig.StartAsync();

        _rig.Clock.Advance(10 * Day);

        Assert.InRange(_rig.Reports.Count, 10, 11);
        Assert.Equal(_rig.Reports.Count, _rig.Reports.DistinctBy(report => report.At.Date).Count());
        Assert.Single(_rig.Reports.DistinctBy(report => report.Key));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("TRUE")]
    [InlineData("yes")]
    public async Task DO_NOT_TRACK_is_obeyed_and_no_id_is_made(string value)
    {
        await _rig.StartAsync(null, ("DO_NOT_TRACK", value));
        _rig.Clock.Advance(10 * Day);

        Assert.Empty(_rig.Reports);
        Assert.Null(await _rig.Store.FindAsync(CancellationToken.None));
        Assert.Contains("DO_NOT_TRACK", Assert.Single(_rig.Log.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("false")]
    public async Task DO_NOT_TRACK_that_says_no_turns_nothing_off(string value)
    {
        await _rig.StartAsync(null, ("DO_NOT_TRACK", value));
        _rig.Clock.Advance(Day);

        Assert.NotEmpty(_rig.Reports);
    }

    [Fact]
    public async Task The_setting_of_the_product_turns_it_off_too()
    {
        var node = await _rig.StartAsync(options => (options.Enabled, options.Endpoint) = (false, null));
        _rig.Clock.Advance(10 * Day);

        Assert.Empty(_rig.Reports);
        Assert.Null(await _rig.Store.FindAsync(CancellationToken.None));
        Assert.Contains(Guid.Empty.ToString(), await node.PreviewAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_line_at_the_start_says_that_it_is_on_and_how_to_turn_it_off()
    {
        await _rig.StartAsync(options => options.TurnOff = "telemetry: off in example.yaml");

        var line = Assert.Single(_rig.Log.GetSnapshot()).Message;
        Assert.Contains("https://telemetry.example.org/", line, StringComparison.Ordinal);
        Assert.Contains("telemetry: off in example.yaml, or DO_NOT_TRACK=1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_is_what_the_preview_shows_and_what_was_logged_before()
    {
        await _rig.KnownAsync(Seven, Today);
        var node = await _rig.StartAsync();
        var shown = await node.PreviewAsync(CancellationToken.None);
        var logged = false;
        _rig.Answer = () =>
        {
            logged = _rig.Logged(shown);
            return new(HttpStatusCode.OK) { Content = new StringContent("{}") };
        };

        _rig.Clock.Advance(Day);
        Assert.True(logged);
        Assert.Equal(shown, Assert.Single(_rig.Reports).Body);
        Assert.Equal("1.4.2", JsonElement.Parse(shown).GetProperty("components")[0].GetProperty("version").GetString());
        Assert.Equal(12, JsonElement.Parse(shown).GetProperty("properties").GetProperty("users").GetInt32());

        _rig.Clock.Advance(Day);
        Assert.Single(_rig.Log.GetSnapshot(), line => line.Message.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_id_proves_itself_by_a_key_that_is_in_no_log()
    {
        await _rig.StartAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));

        var sent = Assert.Single(_rig.Reports);
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(sent.Key))[..16];
        expected[6] = (byte)(expected[6] % 16 + 0x80);
        expected[8] = (byte)(expected[8] % 64 + 0x80);
        Assert.Equal(Convert.ToHexStringLower(expected), JsonElement.Parse(sent.Body).GetProperty("system_id").GetString()!.Replace("-", "", StringComparison.Ordinal));
        Assert.False(_rig.Logged(sent.Key));
        Assert.DoesNotContain(sent.Key, (await _rig.Store.FindAsync(CancellationToken.None))!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.4.2", "https://telemetry.example.org/")]
    [InlineData("1.4.2+5f3c2a1", "https://telemetry.example.org/")]
    [InlineData("1.5.0-rc.1", "https://telemetry-dev.example.org/below/")]
    [InlineData("1.5.0.dev0", "https://telemetry-dev.example.org/below/")]
    public async Task What_is_not_released_reports_to_the_development_site(string version, string site)
    {
        _rig.Fill = report =>
        {
            report.Components.Add(new Component { Name = "core", Version = "1.0.0" });
            report.Components.Add(new Component { Name = "plugin", Version = version });
        };

        await _rig.StartAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(site, Assert.Single(_rig.Reports).Site);
    }

    [Fact]
    public async Task Without_a_development_site_it_reports_nowhere()
    {
        _rig.Fill = report => report.Components.Add(new Component { Name = "core", Version = "2.0.0-beta.1" });

        await _rig.StartAsync(options => options.DevelopmentEndpoint = null);
        _rig.Clock.Advance(3 * Day);

        Assert.Empty(_rig.Reports);
    }

    [Theory]
    [InlineData("2027-11-18", "11-18 12:00")]
    [InlineData("2026-11-19", "11-20 07:00")]
    public async Task A_clock_that_was_wrong_silences_nobody(string claimed, string next)
    {
        await _rig.KnownAsync(Seven, DateOnly.Parse(claimed, null));

        await _rig.StartAsync();
        _rig.Clock.Advance(2 * Day);

        Assert.Equal(next, _rig.Times.First());
    }

    [Fact]
    public async Task A_machine_that_slept_reports_soon_after()
    {
        await _rig.KnownAsync(Seven, Today);
        await _rig.StartAsync();

        _rig.Clock.SetUtcNow(TestSite.Noon + 3 * Day);
        _rig.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(["11-21 12:15"], _rig.Times);
    }

    [Fact]
    public async Task Where_the_id_can_not_be_kept_nothing_is_sent_until_it_can()
    {
        var store = _rig.Store;
        _rig.Store = new BrokenStore();
        await _rig.StartAsync();
        _rig.Clock.Advance(2 * Day);
        Assert.Empty(_rig.Reports);
        Assert.Contains("Read-only file system", Assert.Single(_rig.Log.GetSnapshot()).Message, StringComparison.Ordinal);

        ((BrokenStore)_rig.Store).Mended = store;
        _rig.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Single(_rig.Reports);
    }

    private sealed class BrokenStore : ISystemStore
    {
        public ISystemStore? Mended { get; set; }

        public ValueTask<SystemState?> FindAsync(CancellationToken cancellation) => (Mended ?? throw new IOException("Read-only file system")).FindAsync(cancellation);

        public ValueTask<bool> TryReplaceAsync(SystemState? before, SystemState after, CancellationToken cancellation) => Mended!.TryReplaceAsync(before, after, cancellation);
    }
}
