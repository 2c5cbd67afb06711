using System.Net;
using System.Text;
using Google.Protobuf;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events.Operations;

/// <summary>Who gets into the dashboard, and how, over HTTP.</summary>
public sealed class OperationsPageTests : IAsyncLifetime
{
    private const string Key = "a key for maintainers";
    private const string FunctionKey = "a key for services";
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _site = await StartAsync(_directory, $"--Telemetry:OperationsKey={Key}", $"--Standalone:FunctionKey={FunctionKey}");
        _client = Plain(_site);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("/operations", Html)]
    [InlineData("/operations", "*/*")]
    [InlineData("/operations/tasks", "*/*")]
    [InlineData("/operations/tasks?format=csv", Html)]
    [InlineData("/operations/nothing", Html)]
    public async Task Without_the_key_there_is_no_data(string path, string accept)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            using var response = await SendAsync(method, path, accept: accept);
            var body = await response.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.True(response.Headers.CacheControl?.NoStore);
            Assert.DoesNotContain("app.js", body, StringComparison.Ordinal);
            Assert.DoesNotContain("active-users", body, StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_browser_gets_a_form_and_a_program_a_problem()
    {
        using var form = await SendAsync("GET", "/operations");
        var html = await form.Content.ReadAsStringAsync();
        Assert.Contains("""<form class="ask" method="post" action="./operations">""", html, StringComparison.Ordinal);
        Assert.Contains("noindex", html, StringComparison.Ordinal);
        Assert.DoesNotContain("og:", html, StringComparison.Ordinal);
        Assert.Equal("noindex", form.Headers.GetValues("X-Robots-Tag").Single());
        Assert.EndsWith("form-action 'self'; frame-ancestors 'none'", form.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var problem = await SendAsync("GET", "/operations", accept: "application/json");
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        Assert.Contains("x-functions-key", await problem.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task The_form_gives_a_cookie_that_scripts_and_other_sites_can_not_use(string scheme, bool isSecure)
    {
        using var entered = await EnterAsync($"key={Uri.EscapeDataString(Key)}%0D%0A", ("X-Forwarded-Proto", scheme));

        Assert.Equal((HttpStatusCode.SeeOther, "./operations"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        var (cookie, attributes) = CookieOf(entered);
        Assert.Equal(
            (string[])["httponly", "max-age=2592000", "path=/operations", "samesite=strict", .. isSecure ? (string[])["secure"] : []],
            attributes.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Key, Uri.UnescapeDataString(cookie), StringComparison.Ordinal);

        foreach (var method in (string[])["GET", "HEAD"])
        {
            using var page = await SendAsync(method, "/operations", cookie);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.True(page.Headers.CacheControl?.NoStore);
            using var rollup = await SendAsync(method, "/operations/tasks", cookie);
            Assert.Equal(HttpStatusCode.OK, rollup.StatusCode);
        }
    }

    [Fact]
    public async Task A_key_in_the_address_becomes_a_cookie_and_leaves_the_address()
    {
        using var entered = await SendAsync("GET", $"/operations?range=7d&code={Uri.EscapeDataString(Key)}");

        Assert.Equal((HttpStatusCode.SeeOther, "./operations?range=7d"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        using var page = await SendAsync("GET", "/operations?range=7d", CookieOf(entered).Cookie);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>A browser that follows a link of another site sends no strict cookie, not even behind a redirect.</summary>
    [Fact]
    public async Task Who_comes_from_another_site_is_led_on_by_a_page_of_this_one()
    {
        using var entered = await SendAsync("GET", $"/operations?code={Uri.EscapeDataString(Key)}", null, Html, ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        Assert.Contains("""content="0; url=./operations">""", await entered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(CookieOf(entered).Cookie);

        using var without = await SendAsync("GET", "/operations?range=7d", null, Html, ("Sec-Fetch-Site", "cross-site"));
        Assert.Contains("url=./operations?range=7d", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(without.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_wrong_key_is_told_after_a_second_and_not_many_are_looked_at_at_once()
    {
        var wrong = Enumerable.Range(0, 16).Select(i => EnterAsync($"key=wrong{i}")).ToList();
        HttpResponseMessage refused;
        while ((refused = await EnterAsync($"key={Uri.EscapeDataString(Key)}")).StatusCode != HttpStatusCode.TooManyRequests)
            await Task.Delay(10);

        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.All(wrong, one => Assert.False(one.IsCompleted));
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var one in wrong)
        {
            using var response = await one;
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Contains("That is not the key.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var entered = await EnterAsync($"key={Uri.EscapeDataString(Key)}");
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
    }

    [Fact]
    public async Task A_cookie_ends_after_thirty_days_and_is_nobody_elses()
    {
        using var entered = await EnterAsync($"key={Uri.EscapeDataString(Key)}");
        var cookie = CookieOf(entered).Cookie;
        var (since, signature) = (cookie.Split('=', 2)[1].Split('.')[0], cookie.Split('.')[1]);
        foreach (var forged in (string[])["operations=", "operations=x", $"operations={since}.", $"operations={since}.AAAA", $"operations={since}.!", $"operations={long.Parse(since, null) + 1}.{signature}", $"operations=-1.{signature}"])
        {
            using var refused = await SendAsync("GET", "/operations", forged);
            Assert.Equal((forged, HttpStatusCode.Unauthorized), (forged, refused.StatusCode));
        }

        _site.Clock.Advance(TimeSpan.FromDays(30));
        using (var page = await SendAsync("GET", "/operations", cookie))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await SendAsync("GET", "/operations", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task Who_leaves_has_no_cookie_any_more()
    {
        using var left = await EnterAsync("do=leave");

        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970 00:00:00 GMT", Assert.Single(left.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_their_own_is_not_that_of_services()
    {
        using var reading = await SendAsync("GET", "/operations/tasks", null, "*/*", ("x-functions-key", Key));
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
        using var sending = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new ByteArrayContent([]), Headers = { { "x-functions-key", Key } } };
        using var sent = await _client.SendAsync(sending);
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);

        var other = SendAsync("GET", "/operations/tasks", null, "*/*", ("x-functions-key", FunctionKey));
        while (!other.IsCompleted)
        {
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await other).StatusCode);
    }

    [Fact]
    public async Task Without_any_key_they_are_closed_and_say_so()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        using var client = Plain(site);

        using var page = await client.SendAsync(Message("GET", "/operations?code=", Html));
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Contains("Telemetry__OperationsKey", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var entered = await client.SendAsync(Form("key="));
        Assert.Equal(HttpStatusCode.Unauthorized, entered.StatusCode);
        using var forged = await client.SendAsync(Message("GET", "/operations", Html, ("Cookie", "operations=1.AAAA")));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Theory]
    [InlineData("opensesame", "Telemetry__OperationsKey has 10 characters; it must have at least 16, such as \"openssl rand -hex 24\" makes.")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/operations)", "Telemetry__OperationsKey refers to a secret that can't be read; give the app's identity the role Key Vault Secrets User there.")]
    public async Task A_key_that_can_be_guessed_stops_the_start_and_is_not_repeated(string key, string line)
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(line, (await Assert.ThrowsAsync<StartupException>(() => StartAsync(directory, $"--Telemetry:OperationsKey={key}"))).Message);
    }

    [Fact]
    public async Task Before_the_first_event_the_page_says_how_to_send_one_and_after_it_has_charts()
    {
        using var entered = await EnterAsync($"key={Uri.EscapeDataString(Key)}");
        var cookie = CookieOf(entered).Cookie;
        Assert.Contains($"curl {_site.Client.BaseAddress}events \\", WebUtility.HtmlDecode(await BodyAsync(cookie)), StringComparison.Ordinal);

        _client.DefaultRequestHeaders.Add("x-functions-key", FunctionKey);
        var made = new Event { Id = EventSite.IdOf(1).ToString(), Timestamp = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(_site.Clock.GetUtcNow()), Service = "api", TokenRefreshed = new TokenRefreshed() };
        using (var sent = await _client.PostAsync("/events", new ByteArrayContent(new EventBatch { Events = { made } }.ToByteArray())))
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        _client.DefaultRequestHeaders.Remove("x-functions-key");
        _site.Clock.Advance(TimeSpan.FromMinutes(30));
        await _site.Service<TelemetryFunctions.Summaries.SummaryRunner>().RunDueAsync(_site.Service<TelemetryFunctions.Events.EventSource>(), CancellationToken.None);

        var page = await BodyAsync(cookie);
        Assert.Matches("assets/operations-[0-9a-f]+\\.js", page);
        Assert.Contains("""href="./operations/tasks?format=csv">Tasks</a>""", page, StringComparison.Ordinal);

        async Task<string> BodyAsync(string cookie)
        {
            using var response = await SendAsync("GET", "/operations", cookie);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "key", HttpStatusCode.Unauthorized)]
    [InlineData("application/x-www-form-urlencoded", null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_no_form_is_refused(string type, string? body, HttpStatusCode status)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/operations") { Content = new StringContent(body ?? new string('x', 2_000), Encoding.UTF8, type) };
        using var response = await _client.SendAsync(message);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Below_a_path_the_cookie_is_for_that_path()
    {
        using var entered = await EnterAsync($"key={Uri.EscapeDataString(Key)}", ("X-Forwarded-Prefix", "/telemetry"));

        Assert.Contains("path=/telemetry/operations", CookieOf(entered).Attributes);
    }

    private static (string Cookie, IReadOnlyList<string> Attributes) CookieOf(HttpResponseMessage response)
    {
        var parts = Assert.Single(response.Headers.GetValues("Set-Cookie")).Split("; ");
        return (parts[0], [.. parts[1..].Where(part => !part.StartsWith("expires", StringComparison.Ordinal))]);
    }

    private static Task<TestSite> StartAsync(string directory, params string[] settings) =>
        TestSite.StartAsync(directory, environment: "Production", settings: ["--Standalone:TrustedProxies=127.0.0.1", .. settings]);

    private static HttpClient Plain(TestSite site) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Client.BaseAddress };

    private static HttpRequestMessage Message(string method, string path, string accept, params (string Name, string Value)[] headers)
    {
        var message = new HttpRequestMessage(new HttpMethod(method), path);
        message.Headers.Add("Accept", accept);
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        return message;
    }

    private static HttpRequestMessage Form(string form) =>
        new(HttpMethod.Post, "/operations") { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };

    private Task<HttpResponseMessage> SendAsync(
        string method, string path, string? cookie = null, string accept = Html, params (string Name, string Value)[] headers) =>
        _client.SendAsync(Message(method, path, accept, [.. headers, .. cookie is null ? ((string, string)[])[] : [("Cookie", cookie)]]));

    private Task<HttpResponseMessage> EnterAsync(string form, params (string Name, string Value)[] headers)
    {
        var message = Form(form);
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        return _client.SendAsync(message);
    }
}
