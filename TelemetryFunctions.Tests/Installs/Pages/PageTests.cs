using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class PageTests : IAsyncLifetime
{
    private InstallApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await InstallApp.StartAsync();
        await _app.NotifyAsync(new("wp-plugin/akismet", "5.0.0.0"), new("wp-plugin/classic-editor", "1.6.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        await _app.NotifyAsync(new Download("wp-plugin/akismet", "5.1.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_list_says_what_was_installed_and_how_fresh_that_is()
    {
        using var json = JsonDocument.Parse(await _app.GetAsync("/packages?format=json"));
        Assert.Equal("2026-11-20T14:00:00+00:00", json.RootElement.GetProperty("through").GetString());
        Assert.Equal(
            ["wp-plugin/akismet 2 2 2026-11-20T13:00:00+00:00", "wp-plugin/classic-editor 1 1 2026-11-20T12:00:00+00:00"],
            json.RootElement.GetProperty("packages").EnumerateArray().Select(package =>
                $"{package.GetProperty("name")} {package.GetProperty("last30Days")} {package.GetProperty("total")} {package.GetProperty("lastInstalledAt")}"));

        var html = await _app.GetAsync("/packages");
        Assert.Contains("""<a href="./packages/wp-plugin/akismet">wp-plugin/<wbr>akismet</a></th><td>2</td><td>2</td>""", html, StringComparison.Ordinal);
        Assert.Contains("2026-11-20 14:00 UTC", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_searched()
    {
        var html = await _app.GetAsync("/packages?q=Classic");
        Assert.Contains("wp-plugin/<wbr>classic-editor", html, StringComparison.Ordinal);
        Assert.DoesNotContain("akismet", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""/packages?q="><script>alert(1)</script>""")]
    [InlineData("/packages?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&sort=%22%3E%3Cscript%3Ealert(1)&page=%3Cscript%3Ealert(1)")]
    public async Task A_search_for_markup_is_shown_as_text(string path)
    {
        var html = await _app.GetAsync(path);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/packages?page=0")]
    [InlineData("/packages?page=-1")]
    [InlineData("/packages?page=99999999999999")]
    [InlineData("/packages?sort=nonsense&format=nonsense")]
    [InlineData("/packages?q=a&q=b")]
    public async Task A_query_that_makes_no_sense_is_answered_all_the_same(string path)
    {
        using var response = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("application/json, text/plain, */*", "text/html")]
    [InlineData("application/json;q=0.9, text/html;q=0.1", "application/json")]
    [InlineData("nonsense", "text/html")]
    public async Task The_format_is_the_one_that_is_accepted(string accept, string type)
    {
        foreach (var path in new[] { "/packages", "/packages/wp-plugin/akismet" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await _app.Client.SendAsync(request);
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Accept", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task A_package_has_its_days_its_versions_and_its_totals()
    {
        using var json = JsonDocument.Parse(await _app.GetAsync("/packages/wp-plugin/akismet?format=json"));
        var package = json.RootElement;
        Assert.Equal(2, package.GetProperty("total").GetInt64());
        Assert.Equal(2, package.GetProperty("last30Days").GetInt64());
        Assert.Equal("day", package.GetProperty("by").GetString());
        Assert.Equal([1795132800000], package.GetProperty("times").EnumerateArray().Select(time => time.GetInt64()));
        Assert.Equal([2], package.GetProperty("values").EnumerateArray().Select(value => value.GetInt64()));
        Assert.Equal(["5.1.0 1", "5.0.0 1"], package.GetProperty("versions").EnumerateArray().Select(version => $"{version.GetProperty("version")} {version.GetProperty("total")}"));

        var html = await _app.GetAsync("/packages/wp-plugin/akismet");
        Assert.Contains("""<tr><th scope="row">2026-11-20 <em>so far</em></th><td>2</td><td>0</td></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("""<tr><th scope="row">2026-11-20 <em>so far</em></th><td>50.0 %</td><td>50.0 %</td></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">5.1.0</th><td>1</td><td>1</td>""", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("json")]
    [InlineData("shields")]
    public async Task A_package_is_found_in_upper_and_lower_case(string format) => Assert.Equal(
        await _app.GetAsync($"/packages/wp-plugin/akismet?format={format}"), await _app.GetAsync($"/packages/WP-Plugin/Akismet?format={format}"));

    [Fact]
    public async Task Installs_in_CI_are_shown_apart()
    {
        using var known = JsonDocument.Parse(await _app.GetAsync("/packages/wp-plugin/akismet?format=json"));
        Assert.Equal(0, known.RootElement.GetProperty("ci").GetInt64());
        Assert.False(known.RootElement.TryGetProperty("ciSince", out _));
        Assert.Contains("<dt>In CI</dt><dd>0</dd>", await _app.GetAsync("/packages/wp-plugin/akismet"), StringComparison.Ordinal);

        _app.Client.DefaultRequestHeaders.UserAgent.Clear();
        _app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(InstallSite.CiAgent);
        await _app.NotifyAsync(new Download("wp-plugin/akismet", "5.1.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        using var json = JsonDocument.Parse(await _app.GetAsync("/packages/wp-plugin/akismet?format=json"));
        var package = json.RootElement;
        Assert.Equal((3, 1, 1), (package.GetProperty("total").GetInt64(), package.GetProperty("ci").GetInt64(), package.GetProperty("ciLast30Days").GetInt64()));
        Assert.Equal([3], package.GetProperty("values").EnumerateArray().Select(value => value.GetInt64()));
        Assert.Equal([1], package.GetProperty("ciValues").EnumerateArray().Select(value => value.GetInt64()));
        Assert.Equal(["5.1.0 2 1", "5.0.0 1 0"], package.GetProperty("versions").EnumerateArray().Select(version => $"{version.GetProperty("version")} {version.GetProperty("total")} {version.GetProperty("ci")}"));

        var html = await _app.GetAsync("/packages/wp-plugin/akismet");
        Assert.Contains("<dt>In CI</dt><dd>1</dd>", html, StringComparison.Ordinal);
        Assert.Contains("""2026-11-20 <em>so far</em></th><td>3</td><td>1</td></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">5.1.0</th><td>2</td><td>2</td><td>1</td>""", html, StringComparison.Ordinal);
        Assert.Contains("""wp-plugin/<wbr>akismet</a></th><td>3</td><td>3</td><td>1</td>""", await _app.GetAsync("/packages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platforms_and_versions_of_PHP_are_shown_with_the_list_and_few_of_one_kind_as_other()
    {
        await InstallAsAsync("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1)", 20);
        await InstallAsAsync("Composer/2.5.5 (FreeBSD; 13.0; PHP 8.3.1; cURL 7.88.1)", 2);
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        // Three of before whose client said nothing of itself.
        var list = await _app.GetAsync("/packages?format=json");
        Assert.Contains("""
            "platforms":{"by":"day","times":[1795132800000],"series":[{"label":"Linux","values":[20]},{"label":"other","values":[5]}]}
            """.Trim(), list, StringComparison.Ordinal);
        Assert.Contains("""
            "php":{"by":"day","times":[1795132800000],"series":[{"label":"8.2","values":[20]},{"label":"other","values":[5]}]}
            """.Trim(), list, StringComparison.Ordinal);
        Assert.DoesNotContain("FreeBSD", list, StringComparison.Ordinal);

        var html = await _app.GetAsync("/packages");
        Assert.Contains("Installs by platform", html, StringComparison.Ordinal);
        Assert.Contains("""<th scope="col"><bdi>8.2</bdi></th><th scope="col"><bdi>other</bdi></th></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("<td>80.0 %</td><td>20.0 %</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("FreeBSD", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Installs by platform", await _app.GetAsync("/packages?q=a"), StringComparison.Ordinal);

        async Task InstallAsAsync(string userAgent, int packages)
        {
            _app.Client.DefaultRequestHeaders.UserAgent.Clear();
            _app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
            await _app.NotifyAsync([.. Enumerable.Range(0, packages).Select(i => new Download($"vendor/package-{i}", "1.0.0"))]);
        }
    }

    [Theory]
    [InlineData(null, null, "unknown")]
    [InlineData(0L, null, "0")]
    [InlineData(999L, null, "999")]
    [InlineData(1234567L, null, "<data value=\"1234567\">1\u202f234\u202f567</data>")]
    [InlineData(1234L, "2026-11-27", "<data value=\"1234\">1\u202f234</data> since 2026-11-27")]
    [InlineData(0L, "2026-11-27", "0 since 2026-11-27")]
    public void Unknown_is_not_shown_as_none(long? ci, string? since, string text) => Assert.Equal(
        text, TelemetryFunctions.Installs.Pages.PageNumbers.Ci(ci, since is null ? null : DateOnly.Parse(since, System.Globalization.CultureInfo.InvariantCulture), TelemetryFunctions.Languages.Texts.English));

    [Fact]
    public async Task Versions_with_as_many_installs_come_newest_first()
    {
        foreach (var version in new[] { "5.10.0.0", "5.9.0.0", "5.10.0.0-RC1", "dev-main", "5.8.0.0" })
            await _app.NotifyAsync(new Download("a/b", version));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        await _app.NotifyAsync(new Download("a/b", "5.8.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        using var json = JsonDocument.Parse(await _app.GetAsync("/packages/a/b?format=json"));
        Assert.Equal(
            ["5.8.0", "5.10.0", "5.10.0-RC1", "5.9.0", "dev-main"],
            json.RootElement.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task Counters_that_are_zero_are_left_out_of_JSON_and_shown_to_people()
    {
        await _app.RollUpAfterAsync(TimeSpan.FromDays(40));
        var list = await _app.GetAsync("/packages?format=json");
        Assert.DoesNotContain("last30Days", list, StringComparison.Ordinal);
        Assert.Contains("\"total\":2", list, StringComparison.Ordinal);
        Assert.Contains("akismet</a></th><td>0</td><td>2</td>", await _app.GetAsync("/packages"), StringComparison.Ordinal);
        Assert.Contains("Last 30 days</dt><dd>0</dd>", await _app.GetAsync("/packages/wp-plugin/akismet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_badge_is_in_the_endpoint_format_of_shields() =>
        Assert.Equal(
            """{"schemaVersion":1,"label":"installs","message":"2/month","color":"blue"}""",
            await _app.GetAsync("/packages/wp-plugin/akismet?format=shields"));

    [Fact]
    public async Task A_badge_has_the_period_that_is_asked_for()
    {
        await _app.RollUpAfterAsync(TimeSpan.FromDays(25));
        await _app.NotifyAsync(new Download("wp-plugin/akismet", "5.1.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromDays(10));
        await _app.NotifyAsync(new Download("wp-plugin/akismet", "5.1.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        foreach (var (query, message) in new[] { ("", "2/month"), ("&period=month", "2/month"), ("&period=week", "1/week"), ("&period=total", "4") })
        {
            Assert.Equal(
                $$"""{"schemaVersion":1,"label":"installs","message":"{{message}}","color":"blue"}""",
                await _app.GetAsync("/packages/wp-plugin/akismet?format=shields" + query));
        }
    }

    [Theory]
    [InlineData("", "0/month")]
    [InlineData("&period=week", "0/week")]
    [InlineData("&period=total", "0")]
    public async Task The_badge_of_a_package_that_was_never_installed_says_so(string query, string message) => Assert.Equal(
        $$"""{"schemaVersion":1,"label":"installs","message":"{{message}}","color":"blue"}""",
        await _app.GetAsync("/packages/Wp-Plugin/Nothing?format=shields" + query));

    [Theory]
    [InlineData("/packages/wp-plugin/akismet?format=badge", "2/month")]
    [InlineData("/packages/wp-plugin/akismet?format=badge&period=total", "2")]
    [InlineData("/packages/wp-plugin/nothing?format=badge&period=week", "0/week")]
    public async Task A_badge_is_a_picture_too(string path, string message)
    {
        using var response = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
        var svg = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        Assert.Equal($"installs: {message}", svg.Attribute("aria-label")!.Value);
        Assert.Equal(["installs", message], svg.Descendants(svg.Name.Namespace + "text").Select(text => text.Value));

        // Each text ends inside the picture.
        Assert.All(svg.Descendants(svg.Name.Namespace + "text"), text => Assert.True(
            (int)text.Attribute("x")! + (int)text.Attribute("textLength")! <= (int)svg.Attribute("width")!));
    }

    [Theory]
    [InlineData("/packages/wp-plugin/akismet?format=badge&period=year", HttpStatusCode.BadRequest, "it must be month, week or total")]
    [InlineData("/packages/wp-plugin/no--t---hing?format=badge", HttpStatusCode.NotFound, "named vendor/name")]
    [InlineData("/packages/wp-plugin/akismet?format=shields&period=year", HttpStatusCode.BadRequest, "it must be month, week or total")]
    [InlineData("/packages/wp-plugin/nothing?format=shields&period=%3Cscript%3E", HttpStatusCode.BadRequest, "it must be month, week or total")]
    [InlineData("/packages/wp-plugin/no--t---hing?format=shields", HttpStatusCode.NotFound, "named vendor/name")]
    public async Task A_badge_that_can_t_be_says_why(string path, HttpStatusCode status, string detail)
    {
        using var response = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(detail, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_is_not_counted_here_has_no_badge()
    {
        await using var app = await InstallApp.StartAsync(null, "Telemetry:InstallVendors=wp-plugin");
        Assert.Contains("0/month", await app.GetAsync("/packages/wp-plugin/akismet?format=shields"), StringComparison.Ordinal);
        using var response = await app.Client.GetAsync(new Uri("/packages/symfony/yaml?format=shields", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/packages/wp-plugin/nothing", "", "?format=json")]
    [InlineData("/packages/%3Cscript%3E/x", "", "?format=json", "?format=shields")]
    [InlineData("/packages/wp-plugin%2Fakismet/x", "", "?format=json", "?format=shields")]
    [InlineData("/packages/wp-plugin/akismet~5.0.0", "", "?format=json", "?format=shields")]
    public async Task What_was_never_installed_is_not_found(string path, params string[] formats)
    {
        foreach (var format in formats)
        {
            using var response = await _app.Client.GetAsync(new Uri(path + format, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain("<script>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/packages")]
    [InlineData("/packages?q=a&sort=name")]
    [InlineData("/packages?q=nothing")]
    [InlineData("/packages/wp-plugin/akismet?by=month")]
    public async Task A_page_is_well_formed_and_has_nothing_inline(string path)
    {
        using var response = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotMatch("<script>|style=", html);

        // Void elements aside it is XML, so that a missing end tag or a bad escape is found.
        var body = System.Text.RegularExpressions.Regex.Replace(html.Replace("<!doctype html>", "", StringComparison.Ordinal), "<(meta|link|img|input|wbr)([^>]*)>", "<$1$2/>");
        var page = XDocument.Parse(body);
        Assert.All(page.Descendants("script").Where(script => script.Attribute("type")?.Value != "application/json"), script => Assert.Empty(script.Value));
        var assets = page.Descendants("link").Attributes("href").Concat(page.Descendants("script").Attributes("src")).Select(asset => asset.Value).ToList();
        Assert.True(assets.Count >= 5);
        foreach (var asset in assets)
            Assert.NotEmpty(await _app.GetAsync(new Uri(new Uri(_app.Client.BaseAddress!, path), asset).PathAndQuery));
    }

    [Fact]
    public async Task A_client_that_has_the_page_is_not_sent_it_again()
    {
        using var first = await _app.Client.GetAsync(new Uri("/packages", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/packages");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_package_shows_the_days_that_are_asked_for()
    {
        await _app.RollUpAfterAsync(TimeSpan.FromDays(100));
        await _app.NotifyAsync(new Download("wp-plugin/akismet", "5.1.0.0"));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        foreach (var (query, by, bars, installs) in new[] { ("", "week", 15, 3L), ("&range=30d", "day", 30, 1), ("&range=90d&by=month", "month", 3, 1), ("&range=1y", "week", 15, 3), ("&range=nonsense", "week", 15, 3) })
        {
            using var json = JsonDocument.Parse(await _app.GetAsync("/packages/wp-plugin/akismet?format=json" + query));
            var values = json.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetInt64()).ToList();
            Assert.Equal((query, by, bars, installs), (query, json.RootElement.GetProperty("by").GetString(), values.Count, values.Sum()));
        }

        var html = await _app.GetAsync("/packages/wp-plugin/akismet?range=30d&by=week");
        Assert.Contains("""<a href="?range=30d&amp;by=week" aria-current="true">30 days</a>""", html, StringComparison.Ordinal);
        Assert.Contains("""<a href="?range=1y&amp;by=week">1 year</a>""", html, StringComparison.Ordinal);
        Assert.Contains("""<a href="?range=30d&amp;by=day">Day</a>""", html, StringComparison.Ordinal);
        Assert.DoesNotContain("5.0", html[..html.IndexOf("<h3>Versions", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_shown_over_time_by_their_first_two_numbers()
    {
        foreach (var version in new[] { "5.10.0.0", "5.10.3.0", "5.9.0.0", "dev-main" })
            await _app.NotifyAsync(new Download("a/b", version));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        var html = await _app.GetAsync("/packages/a/b");

        Assert.Contains("""<th scope="col"><bdi>5.9</bdi></th><th scope="col"><bdi>5.10</bdi></th><th scope="col"><bdi>dev-main</bdi></th>""", html, StringComparison.Ordinal);
        Assert.Contains("<td>25.0 %</td><td>50.0 %</td><td>25.0 %</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_leads_to_the_installs_once_there_are_some()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, new ManualClock(TestSite.Noon.AddMinutes(5)));
        const string link = """<a href="./packages">Installs</a>""";
        foreach (var path in (string[])["/", "/catalogue"])
            Assert.DoesNotContain(link, await site.GetAsync(path), StringComparison.Ordinal);

        using var sent = await site.Client.PostAsync("/downloads", new StringContent("""{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""));
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Service<TelemetryFunctions.Summaries.ScheduledSummaries>().RunDueAsync(CancellationToken.None);
        foreach (var path in (string[])["/", "/catalogue"])
            Assert.Contains(link, await site.GetAsync(path), StringComparison.Ordinal);
        Assert.Contains("""<a href="./packages" aria-current="page">Installs</a>""", await site.GetAsync("/packages"), StringComparison.Ordinal);
    }
}
