using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 20, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Start);
    private readonly HourlyFunctions.Runs _runs = new();
    private readonly FakeLogCollector _log = new();
    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        var builder = TestHost.CreateBuilder();
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(_runs);
        builder.Logging.AddProvider(new FakeLoggerProvider(_log));
        _host = await TestHost.StartAsync(builder, typeof(HourlyFunctions));
    }

    public async Task DisposeAsync()
    {
        _runs.Work = _ => Task.CompletedTask;
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task It_runs_once_at_start()
    {
        var run = await _runs.NextAsync();

        Assert.True(run.IsPastDue);
        Assert.Equal(DateTime.MinValue, run.ScheduleStatus!.Last);
        Assert.Equal(Start.UtcDateTime, run.ScheduleStatus.LastUpdated);
        Assert.Equal(At(11), run.ScheduleStatus.Next);
        Assert.Equal(DateTimeKind.Utc, run.ScheduleStatus.Next.Kind);
    }

    [Fact]
    public async Task It_runs_by_its_schedule_and_not_before()
    {
        await SettleAsync();

        _clock.AdvanceTo(At(11).AddSeconds(-1));
        Assert.Equal(0, _runs.Unseen);
        _clock.AdvanceTo(At(11));
        var first = await _runs.NextAsync();
        _clock.AdvanceTo(At(12));
        var second = await _runs.NextAsync();

        Assert.False(first.IsPastDue);
        Assert.Equal(At(11), first.ScheduleStatus!.LastUpdated);
        Assert.False(second.IsPastDue);
        Assert.Equal((At(11), At(13)), (second.ScheduleStatus!.Last, second.ScheduleStatus.Next));
    }

    [Fact]
    public async Task Runs_never_overlap_and_what_they_miss_becomes_one_late_run()
    {
        await SettleAsync();
        var work = new TaskCompletionSource();
        _runs.Work = _ => work.Task;
        _clock.AdvanceTo(At(11));
        await _runs.NextAsync();

        _clock.AdvanceTo(At(14).AddMinutes(5));
        Assert.Equal(0, _runs.Unseen);
        work.SetResult();
        var late = await _runs.NextAsync();
        await _clock.UntilTimersAsync(1);

        Assert.True(late.IsPastDue);
        Assert.Equal(At(15), late.ScheduleStatus!.Next);
        Assert.Equal(0, _runs.Unseen);
    }

    [Fact]
    public async Task A_failed_run_is_logged_and_does_not_stop_the_schedule()
    {
        await SettleAsync();
        _runs.Work = _ => throw new InvalidOperationException("broken");

        _clock.AdvanceTo(At(11));
        await _runs.NextAsync();
        _clock.AdvanceTo(At(12));
        await _runs.NextAsync();

        Assert.Equal(2, _log.GetSnapshot().Count(entry => entry is { Level: LogLevel.Error, Exception.Message: "broken" }));
    }

    [Fact]
    public async Task A_machine_that_slept_past_the_hour_runs_late_within_a_minute()
    {
        await SettleAsync();

        _clock.SetUtcNow(At(16).AddMinutes(30));
        _clock.Advance(TimeSpan.FromMinutes(1));

        var run = await _runs.NextAsync();
        Assert.True(run.IsPastDue);
        Assert.Equal(At(17), run.ScheduleStatus!.Next);
        Assert.Equal(0, _runs.Unseen);
    }

    [Fact]
    public async Task A_clock_that_was_years_ahead_and_is_put_right_does_not_silence_the_timer()
    {
        await SettleAsync();

        _clock.SetUtcNow(Start.AddYears(-3));
        _clock.AdvanceTo(Start.AddYears(-3).AddMinutes(40));

        var run = await _runs.NextAsync();
        Assert.False(run.IsPastDue);
        Assert.Equal(At(12).AddYears(-3), run.ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Stopping_cancels_a_run_and_waits_for_it()
    {
        await SettleAsync();
        var left = false;
        _runs.Work = async cancellation =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                await Task.Yield();
                left = true;
            }
        };
        _clock.AdvanceTo(At(11));
        await _runs.NextAsync();

        await _host.StopAsync();

        Assert.True(left);
        Assert.DoesNotContain(_log.GetSnapshot(), entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_host_that_can_not_listen_runs_no_timer()
    {
        var runs = new HourlyFunctions.Runs();
        var builder = TestHost.CreateBuilder();
        builder.Configuration["urls"] = _host.Client.BaseAddress!.ToString();
        builder.Services.AddSingleton(runs);

        await Assert.ThrowsAsync<HostAbortedException>(() => TestHost.StartAsync(builder, typeof(HourlyFunctions)));

        Assert.Equal(0, runs.Unseen);
    }

    private static DateTime At(int hour) => new(2026, 11, 20, hour, 0, 0, DateTimeKind.Utc);

    /// <summary>Waits until the run at start is over and the timer waits for its hour.</summary>
    private async Task SettleAsync()
    {
        await _runs.NextAsync();
        await _clock.UntilTimersAsync(1);
    }

    public sealed class HourlyFunctions(HourlyFunctions.Runs runs)
    {
        [Function("Hourly")]
        public Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
            runs.AddAsync(timer, cancellation);

        public sealed class Runs
        {
            private readonly Channel<TimerInfo> _begun = Channel.CreateUnbounded<TimerInfo>();

            public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

            public int Unseen => _begun.Reader.Count;

            public async Task<TimerInfo> NextAsync()
            {
                using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                return await _begun.Reader.ReadAsync(giveUp.Token);
            }

            public Task AddAsync(TimerInfo timer, CancellationToken cancellation)
            {
                _begun.Writer.TryWrite(timer);
                return Work(cancellation);
            }
        }
    }
}
