using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Client.Events;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Events;

public sealed class EventRegistrationTests
{
    [Fact]
    public async Task A_host_that_stops_has_sent_its_events_under_its_own_name()
    {
        var clock = new ManualClock(TestSite.Noon);
        await using var site = await SiteStandIn.StartAsync(clock);
        using (var host = Build(options => (options.Endpoint, options.Key) = (site.Address, "key")))
        {
            await host.StartAsync();
            host.Services.GetRequiredService<IEventTracker>().Track(TrackerRig.Numbered(1));
            await host.StopAsync();
        }

        Assert.Equal("shop", Assert.Single(Assert.Single(site.All).Events).Service);
    }

    public static TheoryData<string, Action<TelemetryEventsOptions>> Unusable => new()
    {
        { "Endpoint is not set", options => options.Endpoint = null },
        { "Endpoint is \"/events\"", options => options.Endpoint = new Uri("/events", UriKind.Relative) },
        { "Endpoint is \"ftp://a\"", options => options.Endpoint = new Uri("ftp://a") },
        { "Key must be", options => options.Key = null },
        { "Key must be", options => options.Key = "two\r\nlines" },
        { "Service is \"\"", options => options.Service = "" },
        { "BatchSize is 101", options => options.BatchSize = 101 },
        { "Capacity is 99", options => options.Capacity = 99 },
        { "FlushInterval is 00:00:00", options => options.FlushInterval = TimeSpan.Zero },
        { "ShutdownTimeout is -00:00:01", options => options.ShutdownTimeout = TimeSpan.FromSeconds(-1) },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_option_that_can_not_be_used_stops_the_start(string error, Action<TelemetryEventsOptions> spoil)
    {
        using var host = Build(options =>
        {
            (options.Endpoint, options.Key) = (new Uri("http://127.0.0.1"), "key");
            spoil(options);
        });

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(error, e.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<TelemetryEventsOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shop" });
        builder.Services.AddTelemetryEvents(configure);
        return builder.Build();
    }
}
