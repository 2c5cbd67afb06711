using System.Net;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

/// <summary>Reports that an administrator can look into before they are sent. All begin at noon, with a report at 12:30.</summary>
public sealed class StagingTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly ReportRig _rig = new();

    private string Folder => Path.Combine(_directory, "staged");

    private string[] Waiting => [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)];

    private string Pause => Path.Combine(Folder, "pause");

    public async Task InitializeAsync()
    {
        await _rig.KnownAsync(minute: 12 * 60 + 30, claimed: DateOnly.FromDateTime(TestSite.Noon.UtcDateTime.AddDays(-1)));
        await StartAsync();
        _rig.Clock.Advance(Hour / 2);
    }

    public Task DisposeAsync()
    {
        _rig.Dispose();
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_report_waits_an_hour_and_is_sent_byte_for_byte()
    {
        var staged = await File.ReadAllTextAsync(Assert.Single(Waiting));

        _rig.Clock.Advance(Hour - TimeSpan.FromMinutes(1));
        Assert.Empty(_rig.Reports);
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((staged, "11-18 13:30"), (Assert.Single(_rig.Reports).Body, _rig.Times.Single()));
        Assert.Empty(Waiting);
        Assert.Equal(staged, await File.ReadAllTextAsync(Path.Combine(Folder, "sent", "2026-11-18T1230Z.json")));
    }

    [Fact]
    public async Task While_it_is_paused_nothing_leaves_and_a_release_sends_the_newest()
    {
        await File.WriteAllTextAsync(Pause, "");
        _rig.Clock.Advance(3 * 24 * Hour);
        Assert.Empty(_rig.Reports);
        Assert.Equal(["2026-11-18T1230Z", "2026-11-19T1230Z", "2026-11-20T1230Z", "2026-11-21T1230Z"], Waiting.Select(Path.GetFileNameWithoutExtension));

        _rig.Clock.Advance(2 * Hour);
        File.Delete(Pause);
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["11-21 14:31"], _rig.Times);
        Assert.Empty(Waiting);
    }

    [Fact]
    public void What_is_deleted_is_never_sent()
    {
        File.Delete(Waiting.Single());
        _rig.Clock.Advance(24 * Hour);
        Assert.Empty(_rig.Reports);

        _rig.Clock.Advance(Hour);
        Assert.Equal(["11-19 13:30"], _rig.Times);
    }

    [Fact]
    public async Task A_restart_sends_what_waited()
    {
        using var restarted = new ReportRig { Store = _rig.Store };
        restarted.Clock.Advance(3 * Hour);
        await restarted.StartAsync(options => options.StagingDirectory = Folder);

        Assert.Single(restarted.Reports);
        Assert.Empty(Waiting);
    }

    [Fact]
    public void What_can_not_be_sent_is_set_aside_and_the_next_day_is_not_lost()
    {
        _rig.Answer = () => new(HttpStatusCode.ServiceUnavailable);
        _rig.Clock.Advance(5 * Hour);
        Assert.Single(_rig.Reports);
        Assert.Equal("2026-11-18T1230Z.json", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(Folder, "failed")))));

        _rig.Clock.Advance(24 * Hour);
        Assert.Equal(2, _rig.Reports.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"system_id\": ")]
    [InlineData("[]")]
    public async Task What_is_no_report_any_more_is_not_sent(string edited)
    {
        await File.WriteAllTextAsync(Waiting.Single(), edited);
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.json"), "mine");
        _rig.Clock.Advance(5 * Hour);

        Assert.Empty(_rig.Reports);
        Assert.Equal(["notes.json"], Waiting.Select(Path.GetFileName));
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "failed")));
    }

    [Fact]
    public void The_last_thirty_are_kept()
    {
        _rig.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(40, _rig.Reports.Count);
        Assert.Equal(30, Directory.GetFiles(Path.Combine(Folder, "sent")).Length);
    }

    private Task StartAsync() => _rig.StartAsync(options => options.StagingDirectory = Folder);
}
