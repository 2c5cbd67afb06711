using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

public sealed class SystemFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new FakeLogCollectorOptions());

    private string Folder => Path.Combine(_directory, "state");

    private string FilePath => Path.Combine(Folder, SystemFile.Name);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_is_written_is_found_after_a_restart()
    {
        var state = SystemState.Create(TestSite.Noon) with { ClaimedDay = new DateOnly(2026, 11, 18) };

        Assert.Null(await Open().FindAsync(CancellationToken.None));
        Assert.True(await Open().TryReplaceAsync(null, state, CancellationToken.None));
        Assert.Equal(state, await Open().FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Only_its_owner_may_read_it()
    {
        await Open().TryReplaceAsync(null, SystemState.Create(TestSite.Noon), CancellationToken.None);

        // Windows has the rights of the directory.
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task Of_many_that_make_or_change_it_at_the_same_time_one_does()
    {
        var made = await RaceAsync(_ => null);
        var first = (await Open().FindAsync(CancellationToken.None))!;
        var changed = await RaceAsync(_ => first);

        Assert.Equal((1, 1), (made, changed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("{\"key\":\"\",\"firstStart\":\"2026-11-18T12:00:00+00:00\",\"minute\":7,\"claimedDay\":null}")]
    [InlineData("{\"key\":\"0123456789abcdef\",\"firstStart\":\"2026-11-18T12:00:00+00:00\",\"minute\":1440,\"claimedDay\":null}")]
    public async Task A_file_that_can_not_be_read_is_kept_and_said_so(string content)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(FilePath, content);

        Assert.Null(await Open().FindAsync(CancellationToken.None));
        Assert.Equal(content, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Folder, "*.unreadable-*"))));
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.GetSnapshot()).Level);

        Assert.True(await Open().TryReplaceAsync(null, SystemState.Create(TestSite.Noon), CancellationToken.None));
        Assert.NotNull(await Open().FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_was_torn_anywhere_is_never_taken_for_another_system()
    {
        var state = SystemState.Create(TestSite.Noon);
        var whole = state.ToJson();
        Directory.CreateDirectory(Folder);

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllTextAsync(FilePath, whole[..length]);
            Assert.Null(await Open().FindAsync(CancellationToken.None));
        }

        Assert.Equal(whole.Length, _log.Count);
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_in_nobodys_way()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(FilePath + ".lock", "");
        await File.WriteAllTextAsync(FilePath + ".tmp", "{\"key\":\"half of");

        Assert.Null(await Open().FindAsync(CancellationToken.None));
        Assert.True(await Open().TryReplaceAsync(null, SystemState.Create(TestSite.Noon), CancellationToken.None));
    }

    [Fact]
    public async Task Three_nodes_that_share_it_are_one_system_of_which_one_reports()
    {
        using var rig = new ReportRig();
        for (var node = 0; node < 3; node++)
        {
            rig.Store = new SystemFile(Folder, clock: rig.Clock);
            await rig.StartAsync();
        }

        rig.Clock.Advance(TimeSpan.FromDays(5));

        Assert.Equal(rig.Reports.Count, rig.Reports.DistinctBy(report => report.At.Date).Count());
        Assert.InRange(rig.Reports.Count, 5, 6);
        Assert.Single(rig.Reports.DistinctBy(report => report.Key));
    }

    private SystemFile Open() => new(Folder, new FakeLogger<SystemFile>(_log));

    private async Task<int> RaceAsync(Func<int, SystemState?> before)
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(async () =>
            await Open().TryReplaceAsync(before(node), SystemState.Create(TestSite.Noon), CancellationToken.None))));
        return won.Count(isWon => isWon);
    }
}
