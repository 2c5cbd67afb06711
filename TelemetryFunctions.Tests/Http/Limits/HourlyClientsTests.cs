using System.Net;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Http.Limits;

public sealed class HourlyClientsTests
{
    private readonly ManualClock _clock = new(TestSite.Noon);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Who_has_a_network_of_IPv6_is_one_client(string one, string other, bool same)
    {
        var clients = new HourlyClients(_clock);

        Assert.Equal(same, clients.KeyOf(IPAddress.Parse(one)) == clients.KeyOf(IPAddress.Parse(other)));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::2", false)]
    public void Machines_of_a_network_of_ones_own_are_clients_of_their_own(string one, string other, bool same)
    {
        var clients = new HourlyClients(_clock);

        Assert.Equal(same, clients.KeyOfMachine(IPAddress.Parse(one)) == clients.KeyOfMachine(IPAddress.Parse(other)));
    }

    [Fact]
    public void A_client_is_known_until_the_hour_ends_and_by_nobody_else()
    {
        var (clients, address) = (new HourlyClients(_clock), IPAddress.Parse("192.0.2.1"));

        var first = clients.KeyOf(address);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first, clients.KeyOf(address));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, clients.KeyOf(address));
        Assert.NotEqual(clients.KeyOf(address), new HourlyClients(_clock).KeyOf(address));
        Assert.NotEqual(clients.KeyOf(address), clients.KeyOf(null));
    }

    [Fact]
    public async Task Who_begins_an_hour_with_several_requests_at_once_is_one_client()
    {
        var (clients, address) = (new HourlyClients(_clock), IPAddress.Parse("192.0.2.1"));
        for (var hour = 0; hour < 200; hour++)
        {
            using var barrier = new Barrier(4);
            var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return clients.KeyOf(address);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Single(keys.Distinct());
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }
}
