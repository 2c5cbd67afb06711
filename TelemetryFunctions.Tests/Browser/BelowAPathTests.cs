using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TelemetryFunctions.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>A site that shares its host with others: a real proxy serves it at /telemetry/.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class BelowAPathTests(Sites sites)
{
    [NginxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_that_the_pages_ask_for_and_link_to_is_there(bool isPathTakenOff)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, isPathTakenOff);
        using var nginx = await StartProxyAsync(site, isPathTakenOff);
        using var client = new HttpClient { BaseAddress = new Uri(nginx.Address, "/telemetry/") };
        await FillAsync(site, client);

        await using var visit = await sites.VisitAsync();
        var answers = new List<(string Url, int Status)>();
        visit.Page.Response += (_, response) => answers.Add((response.Url, response.Status));
        await visit.Page.GotoAsync(client.BaseAddress!.AbsoluteUri);
        await visit.Page.Locator("main:not([aria-busy])").WaitForAsync();
        var card = await visit.CardAsync("components/a/../b");
        await card.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Patch versions", Exact = true }).ClickAsync();
        await Expect(card).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(card.Locator(".summary")).Not.ToContainTextAsync("could not be loaded");
        var links = await visit.Page.EvaluateAsync<string[]>("() => [...document.links].map(link => link.href)");
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Installs", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "vendor/package" }).ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Charts", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "What is collected" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Uri(client.BaseAddress, "catalogue").AbsoluteUri);

        Assert.All(answers, answer => Assert.Equal((answer.Url, 200), (answer.Url, answer.Status is 304 ? 200 : answer.Status)));
        visit.AssertQuiet();
        foreach (var link in links.Where(link => !link.Contains('#', StringComparison.Ordinal)).Distinct())
            await AssertThereAsync(client, new Uri(link));
        foreach (var page in (string[])["./", "catalogue", "packages", "packages/vendor/package"])
        {
            var address = new Uri(client.BaseAddress, page);
            foreach (Match link in Link().Matches(await client.GetStringAsync(address)))
                await AssertThereAsync(client, new Uri(address, WebUtility.HtmlDecode(link.Groups["link"].Value)));
        }
    }

    [NginxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_with_a_slash_too_many_or_too_few_leads_to_the_right_one(bool isPathTakenOff)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, isPathTakenOff);
        using var nginx = await StartProxyAsync(site, isPathTakenOff);
        using var client = new HttpClient { BaseAddress = nginx.Address };
        await FillAsync(site, new HttpClient { BaseAddress = new Uri(nginx.Address, "/telemetry/") });

        foreach (var (asked, right) in new[]
        {
            ("/telemetry", "/telemetry/"), ("/telemetry?range=all", "/telemetry/?range=all"), ("/telemetry/catalogue/", "/telemetry/catalogue"),
            ("/telemetry/packages/?q=v", "/telemetry/packages?q=v"), ("/telemetry/packages/vendor/package/", "/telemetry/packages/vendor/package"),
        })
        {
            using var response = await client.GetAsync(asked);
            Assert.Equal((asked, HttpStatusCode.OK, right), (asked, response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery));
        }
    }

    private static async Task<TestSite> StartAsync(string directory, bool isPathTakenOff)
    {
        var hostFile = Path.Combine(AppContext.BaseDirectory, "host.json");
        if (!isPathTakenOff)
        {
            var host = JsonNode.Parse(await File.ReadAllTextAsync(hostFile))!;
            host["extensions"]!["http"]!["routePrefix"] = "telemetry";
            hostFile = Path.Combine(directory, "host.json");
            await File.WriteAllTextAsync(hostFile, host.ToJsonString());
        }

        // Off the hour: on the hour a run would wait for the grace.
        return await TestSite.StartAsync(directory, new ManualClock(TestSite.Noon.AddMinutes(5)), hostFile: hostFile);
    }

    private static Task<Nginx> StartProxyAsync(TestSite site, bool isPathTakenOff) => Nginx.StartAsync($$"""
        location {{(isPathTakenOff ? "/telemetry/" : "/telemetry")}} {
            proxy_pass {{site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}}{{(isPathTakenOff ? "/" : "")}};
            proxy_set_header Host $http_host;
        }
        """);

    private static async Task FillAsync(TestSite site, HttpClient client)
    {
        var report = $$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"1.2.3"},{"name":"a/../b","version":"1.2.3"}]}""";
        (await client.PostAsync("", new StringContent(report, System.Text.Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        (await client.PostAsync("downloads", new StringContent("""{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""))).EnsureSuccessStatusCode();
        (await client.PutAsync("", null)).EnsureSuccessStatusCode();
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Service<TelemetryFunctions.Summaries.ScheduledSummaries>().RunDueAsync(CancellationToken.None);
    }

    private static async Task AssertThereAsync(HttpClient client, Uri address)
    {
        Assert.StartsWith(client.BaseAddress!.AbsoluteUri, address.AbsoluteUri, StringComparison.Ordinal);
        using var response = await client.GetAsync(address);
        Assert.Equal((address, HttpStatusCode.OK), (address, response.StatusCode));
    }

    // What a form is posted to is not there to be got.
    [GeneratedRegex("(?:href|src|(?<!method=\"post\" )action)=\"(?<link>[^\"]*)\"")]
    private static partial Regex Link();
}

/// <summary>A theory that runs nginx and Chromium. Without them it is skipped, but not where <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NginxTheoryAttribute : TheoryAttribute
{
    public NginxTheoryAttribute() => Skip = ChromiumSkip.Reason ?? Nginx.SkipReason;
}
