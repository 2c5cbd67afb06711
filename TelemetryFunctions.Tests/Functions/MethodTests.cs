using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Functions;

/// <summary>What each path says to methods that it has, to those that it does not, and to pages of other sites.</summary>
public sealed partial class MethodTests : IAsyncLifetime
{
    private const string Origin = "Access-Control-Allow-Origin";
    private const string Methods = "Access-Control-Allow-Methods";

    private static readonly IReadOnlyList<HttpTriggerAttribute> Triggers =
        [.. AppFunctions.All.Select(function => function.Trigger).OfType<HttpTriggerAttribute>().Where(trigger => trigger.Route != RouteTable.Rest)];

    private static readonly IReadOnlySet<HttpTriggerAttribute> ForAll =
        AppFunctions.All.Where(function => !AppFunctions.NotForOtherSites.Contains(function.Name)).Select(function => function.Trigger).OfType<HttpTriggerAttribute>()
            .Where(trigger => trigger.AuthLevel == AuthorizationLevel.Anonymous).ToHashSet();

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(_directory, environment: "Production");

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Pages_of_other_sites_may_read_what_everybody_may_read_and_nothing_else()
    {
        foreach (var trigger in Triggers)
        {
            foreach (var method in trigger.Methods!.Select(method => method.ToUpperInvariant()))
            {
                using var response = await SendAsync(method, PathOf(trigger.Route!));
                var isPublic = ForAll.Contains(trigger) && (method is "GET" or "HEAD");

                Assert.Equal((trigger.Route, method, isPublic ? "*" : null), (trigger.Route, method, Header(response, Origin)));
            }
        }
    }

    [Fact]
    public async Task Every_path_says_which_methods_it_has()
    {
        foreach (var path in Triggers.Select(trigger => trigger.Route!).Distinct().Select(PathOf))
        {
            var declared = Triggers.Where(trigger => PathOf(trigger.Route!) == path).ToList();
            var expected = declared.SelectMany(trigger => trigger.Methods!).Select(method => method.ToUpperInvariant()).Append("OPTIONS").Except(["PUT"]).Order().ToList();
            var isPublic = expected.Contains("GET") && declared.All(ForAll.Contains);

            using var options = await SendAsync("OPTIONS", path);
            Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
            Assert.Equal(expected, options.Content.Headers.Allow);
            Assert.Equal((path, isPublic ? "*" : null), (path, Header(options, Origin)));
            Assert.Equal(isPublic ? "GET, HEAD" : null, Header(options, Methods));

            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO" }.Except(expected))
            {
                using var refused = await SendAsync(method, path);
                Assert.Equal((path, method, HttpStatusCode.MethodNotAllowed), (path, method, refused.StatusCode));
                Assert.Equal(expected, refused.Content.Headers.Allow);
                Assert.Null(Header(refused, Origin));
                if (method != "HEAD")
                    Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("OPTIONS", "/nothing")]
    [InlineData("PATCH", "/packages/vendor")]
    [InlineData("GET", "/packages/a/b/c")]
    [InlineData("GET", "//")]
    [InlineData("DELETE", "/systems/x/y")]
    public async Task There_is_nothing_at_an_unknown_path(string method, string path)
    {
        using var response = await SendAsync(method, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.Allow);
        Assert.Null(Header(response, Origin));
    }

    [Fact]
    public async Task In_development_the_root_has_put_too()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        using var response = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/"));

        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST", "PUT"], response.Content.Headers.Allow);
        Assert.Equal("GET, HEAD", Header(response, Methods));
    }

    /// <summary>A client whose base URL ends in a slash.</summary>
    [Fact]
    public async Task A_report_may_be_sent_with_a_slash_too_many()
    {
        var body = ReportBuilder.Report(1, ("core", "1.2.3")).ToByteArray();
        using var accepted = await _site.Client.PostAsync(At("//"), new ByteArrayContent(body));
        using var refused = await _site.Client.PostAsync(At("//"), new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal("""{"status":"accepted"}""", await accepted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var stored = await _site.Store.ScanAsync(TelemetryFunctions.Reports.ReportStore.Table, TelemetryFunctions.Storage.KeyRange.All).SingleAsync();
        Assert.Equal(ReportBuilder.Id(1), stored.Key);
    }

    [Fact]
    public async Task Browsers_and_crawlers_find_what_they_ask_for()
    {
        using var icon = await SendAsync("GET", "/favicon.ico");
        Assert.Equal(HttpStatusCode.OK, icon.StatusCode);
        Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<svg", await icon.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var robots = await _site.GetAsync("/robots.txt");
        foreach (var (path, allowed) in new[]
        {
            ("/", true), ("/catalogue", true), ("/packages", true), ("/packages/vendor/package", true), ("/assets/app.js", true),
            ("/charts", false), ("/charts/overview", false), ("/health", false), ("/export.zip", false), ("/embed/workers", true), ("/feed.atom", true), ("/systems", false), ("/systems/x", false), ("/?range=all", false), ("/packages?sort=name", false), ("/packages/vendor/package?by=week", false),
        })
        {
            Assert.Equal((path, allowed), (path, MayFetch(robots, path)));
        }
    }

    /// <summary>By the rules of RFC 9309: none that is there allows anything, so one that matches forbids.</summary>
    private static bool MayFetch(string robots, string path)
    {
        var lines = robots.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("User-agent: *", lines[0]);
        var rules = lines.Skip(1).Select(line => Disallow().Match(line).Groups["path"].Value).ToList();
        Assert.DoesNotContain("", rules);
        return !rules.Any(rule => Regex.IsMatch(path, "^" + Regex.Escape(rule).Replace("\\*", ".*", StringComparison.Ordinal)));
    }

    private static string PathOf(string route) => "/" + (route == RouteTable.Root ? "" : Parameter().Replace(route, "x"));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    // Not by the base address, to which two slashes are the name of another host.
    private Uri At(string path) => new(_site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path);

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        _site.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), At(path)));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("^Disallow: (?<path>.+)$")]
    private static partial Regex Disallow();
}
