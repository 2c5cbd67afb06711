using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>Whatever the service links to is there, also for a client that tidies addresses up, as they all do.</summary>
public sealed partial class LinkTests
{
    private const int NamesAtOnce = 12;

    /// <summary>What means something in a path, to a client, a proxy or the service itself.</summary>
    private static readonly string[] Pieces =
    [
        "/", "/", "//", ".", "..", "/../", "/./", "...", "~", "~~", "%2F", "%2f", "%2E", "%5C", "%", "%25", "%7E", "\\", "?", "#", "&", "=", "+", ";", ":",
        "@", "\"", "<", "'", " ", "a", "B", "ü", "💥", "\u202E", "\u2028", "overview", "charts", "components", "*", "|", "{id}",
    ];

    private static readonly Gen<string> Name = Gen.Elements(Pieces).NonEmptyListOf()
        .Select(pieces => string.Concat(pieces.Take(8)))
        .Where(name => name.Length > 0 && LabelText.Clean(name) == name && LabelText.Fits(name));

    [Fact]
    public async Task Every_link_answers_whatever_names_are_reported()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        var system = 0;

        Prop.ForAll(Name.ArrayOf(NamesAtOnce).ToArbitrary(), names => Task.Run(() => CheckAsync(site, ++system, names)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(8).WithEndSize(8));
    }

    [Fact]
    public async Task A_name_that_a_path_would_lose_has_a_mark_in_it()
    {
        var paths = new Dictionary<string, string>
        {
            ["core"] = "core",
            ["a/b"] = "a/b",
            ["."] = "~.",
            [".."] = "~..",
            ["a/../b"] = "a/~../b",
            ["./x"] = "~./x",
            ["/x/"] = "~/x/~",
            ["a//b"] = "a/~/b",
            ["~"] = "~~",
            ["~.."] = "~~..",
            ["a~b"] = "a~b",
            ["v1..2"] = "v1..2",
            ["%2E%2E/%2F"] = "%252E%252E/%252F",
        };
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        await ReportAsync(site, 1, [.. paths.Keys]);

        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        var hrefs = list.RootElement.EnumerateArray().ToDictionary(chart => chart.GetProperty("id").GetString()!, chart => chart.GetProperty("href").GetString());
        foreach (var (name, path) in paths)
        {
            Assert.Equal("/charts/components/" + path, hrefs["components/" + name]);
            Assert.Equal("components/" + name, await IdAsync(site, "/charts/components/" + path));
        }
    }

    /// <summary>Off the hour: on the hour a run would wait for the grace.</summary>
    private static Task<TestSite> StartAsync(string directory) =>
        TestSite.StartAsync(directory, new ManualClock(TestSite.Noon.AddMinutes(5)));

    private static async Task CheckAsync(TestSite site, int system, string[] names)
    {
        await ReportAsync(site, system, names);

        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        using var overview = JsonDocument.Parse(await site.GetAsync("/charts/overview"));
        var hrefs = list.RootElement.EnumerateArray().ToDictionary(chart => chart.GetProperty("id").GetString()!, chart => chart.GetProperty("href").GetString()!);
        foreach (var name in names)
            Assert.Equal("components/" + name, await IdAsync(site, hrefs["components/" + name]));
        foreach (var metric in overview.RootElement.GetProperty("metrics").EnumerateArray())
        {
            Assert.Equal(metric.GetProperty("id").GetString(), await IdAsync(site, metric.GetProperty("href").GetString()!));
            await site.GetAsync(metric.GetProperty("catalogue").GetString()!);
        }

        foreach (var page in (string[])["/", "/catalogue", "/packages", "/packages/vendor/package"])
        {
            foreach (var link in LinksOf(await site.GetAsync(page)).Distinct())
                await site.GetAsync(new Uri(new Uri(site.Client.BaseAddress!, page), link).AbsoluteUri);
        }
    }

    private static async Task ReportAsync(TestSite site, int system, string[] names)
    {
        var report = ReportBuilder.Report(system, [.. names.Select(name => (name, "1.2"))]);
        using var answer = await site.Client.PostAsync("/", new ByteArrayContent(report.ToByteArray()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var installed = await site.Client.PostAsync("/downloads", new StringContent("""{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""));
        Assert.True((await site.PutAsync()).IsSuccessStatusCode);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Service<ScheduledSummaries>().RunDueAsync(CancellationToken.None);
    }

    private static async Task<string?> IdAsync(TestSite site, string path)
    {
        using var chart = JsonDocument.Parse(await site.GetAsync(path));
        return chart.RootElement.GetProperty("id").GetString();
    }

    private static IEnumerable<string> LinksOf(string html) =>
        Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["link"].Value)).Where(link => !link.StartsWith('#'));

    // What a form is posted to is not there to be got.
    [GeneratedRegex("(?:href|src|(?<!method=\"post\" )action)=\"(?<link>[^\"]*)\"")]
    private static partial Regex Link();
}
