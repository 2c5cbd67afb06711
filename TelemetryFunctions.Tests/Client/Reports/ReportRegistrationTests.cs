using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

public sealed class ReportRegistrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_host_makes_the_id_at_its_start_and_shows_the_report()
    {
        using var host = Build(_ => { });
        await host.StartAsync();
        var file = new SystemFile(_directory);
        while (await file.FindAsync(CancellationToken.None) is null)
            await Task.Delay(10);

        var shown = await host.Services.GetRequiredService<IDailyReport>().PreviewAsync(CancellationToken.None);
        Assert.Contains((await file.FindAsync(CancellationToken.None))!.SystemId.ToString(), shown, StringComparison.Ordinal);
        Assert.Contains("1.4.2", shown, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_store_of_the_hosts_own_takes_the_place_of_the_file()
    {
        var store = new MemorySystemStore();
        using var host = Build(options => options.Directory = null, services => services.AddSingleton<ISystemStore>(store));
        await host.StartAsync();
        while (await store.FindAsync(CancellationToken.None) is null)
            await Task.Delay(10);
        await host.StopAsync();

        Assert.Empty(Directory.GetFiles(_directory));
    }

    public static TheoryData<string, Action<TelemetryReportOptions>> Unusable => new()
    {
        { "Endpoint is not set", options => options.Endpoint = null },
        { "Endpoint is \"https://a/?b\"", options => options.Endpoint = new Uri("https://a/?b") },
        { "DevelopmentEndpoint is \"file:///a\"", options => options.DevelopmentEndpoint = new Uri("file:///a") },
        { "Directory is not set", options => options.Directory = null },
        { "StagingDirectory is empty", options => options.StagingDirectory = "" },
        { "StagingDelay is 1.00:00:00", options => options.StagingDelay = TimeSpan.FromDays(1) },
        { "FirstReportDelay is -00:00:01", options => options.FirstReportDelay = TimeSpan.FromSeconds(-1) },
        { "RequestTimeout is 00:00:00", options => options.RequestTimeout = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_option_that_can_not_be_used_stops_the_start(string error, Action<TelemetryReportOptions> spoil)
    {
        using var host = Build(spoil);

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(error, e.Message, StringComparison.Ordinal);
    }

    private IHost Build(Action<TelemetryReportOptions> configure, Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTelemetryReport(
            options =>
            {
                (options.Endpoint, options.Directory) = (new Uri("http://127.0.0.1"), _directory);
                configure(options);
            },
            report => report.Components.Add(new Component { Name = "core", Version = "1.4.2" }));
        add?.Invoke(builder.Services);
        return builder.Build();
    }
}
