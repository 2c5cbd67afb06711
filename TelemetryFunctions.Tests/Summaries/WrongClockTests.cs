using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

public sealed class WrongClockTests
{
    [Fact]
    public async Task After_a_clock_was_ahead_nothing_is_done_and_health_says_so()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
        site.Clock.SetUtcNow(TestSite.Noon.AddDays(40));
        await site.SummarizeAsync();

        site.Clock.SetUtcNow(TestSite.Noon.AddDays(1));

        Assert.Empty((await site.SummarizeAsync()).Windows);
        Assert.Contains("\"status\":\"ahead\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_ends_later_than_any_can_is_stale()
    {
        using var directory = new TemporaryDirectory();
        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TestSite.Noon));
        var progress = engine.Service<SummaryProgressStore>();
        var mark = new SummaryLeaseMark("another", "run", TestSite.Noon.AddYears(10));
        await progress.TryWriteAsync(ReportSource.SourceName, SummaryProgress.None with { Lease = mark }, null, CancellationToken.None);

        await using var lease = await SummaryLease.TryAcquireAsync(
            progress, new Shared(engine.Store), engine.Clock, ReportSource.SourceName, CancellationToken.None);

        Assert.NotNull(lease);
    }

    [Fact]
    public async Task A_first_day_that_is_not_summarized_in_time_is_late()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
        Assert.Contains("\"status\":\"ok\"", await site.GetAsync("/health"), StringComparison.Ordinal);

        site.Clock.SetUtcNow(TestSite.Noon.AddDays(1));

        Assert.Contains("\"status\":\"late\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    /// <summary>A store that other processes may have open.</summary>
    private sealed class Shared(TelemetryFunctions.Storage.ITableStore inner) : StoreWrapper(inner)
    {
        public override bool IsExclusive => false;
    }
}
