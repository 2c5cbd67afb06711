using System.Text;
using System.Text.Json;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Http;

public sealed class SummaryOnDemandTests
{
    [Fact]
    public async Task Installs_of_the_hours_that_are_over_are_rolled_up_too()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        await InstallAsync(site);
        Assert.Equal(0, await PutAsync(site));

        site.Clock.Advance(TimeSpan.FromMinutes(62));
        await InstallAsync(site);
        Assert.Equal(1, await PutAsync(site));
        Assert.Equal(0, await PutAsync(site));

        using var package = JsonDocument.Parse(await site.GetAsync("/packages/acme/library?format=json"));
        Assert.Equal(1, package.RootElement.GetProperty("total").GetInt64());
    }

    private static async Task InstallAsync(TestSite site)
    {
        using var content = new StringContent("""{"downloads":[{"name":"acme/library","version":"1.2.3.0"}]}""", Encoding.UTF8, "application/json");
        (await site.Client.PostAsync(new Uri("/downloads", UriKind.Relative), content)).EnsureSuccessStatusCode();
    }

    /// <returns>The installs that it has rolled up.</returns>
    private static async Task<long> PutAsync(TestSite site)
    {
        using var answer = JsonDocument.Parse(await (await site.PutAsync()).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("others").GetProperty("installs").GetInt64();
    }
}
