using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

public sealed class BrokenSourceTests
{
    [Fact]
    public async Task A_window_that_can_not_be_done_is_an_error_and_keeps_nothing_for_ever()
    {
        using var directory = new TemporaryDirectory();
        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TestSite.Noon));
        var source = new BrokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Service<SummaryRunner>().RunDueAsync(source, CancellationToken.None));

        Assert.Equal(TestSite.Noon.AddDays(-7), source.ExpiredThrough);
        var (progress, _) = await engine.Service<SummaryProgressStore>().ReadAsync(source.Name, CancellationToken.None);
        Assert.Equal(SummaryProgress.None, progress);
    }

    /// <summary>A source none of whose windows can be summarized.</summary>
    private sealed class BrokenSource : ISummarySource
    {
        public DateTimeOffset? ExpiredThrough { get; private set; }

        public string Name => "broken";

        public TimeSpan WindowLength { get; } = TimeSpan.FromDays(1);

        public Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation) =>
            Task.FromResult<DateTimeOffset?>(Window.Day(TestSite.Noon.AddDays(-3)).Start);

        public Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation) =>
            throw new InvalidOperationException("It can't be done.");

        public Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation) => Task.CompletedTask;

        public Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation)
        {
            ExpiredThrough = through;
            return Task.FromResult(0L);
        }
    }
}
