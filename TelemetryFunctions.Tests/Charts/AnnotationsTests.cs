using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>What the maintainers say about days.</summary>
public sealed class AnnotationsTests
{
    [Theory]
    [InlineData("- {text: Release}", "line 2: day: it is missing")]
    [InlineData("- {day: 2026-02-30, text: Release}", "line 2, annotation \"2026-02-30\": day: \"2026-02-30\" must be a day such as 2026-11-18")]
    [InlineData("- {day: 2026-11-18}", "line 2, annotation \"2026-11-18\": text: it is missing")]
    [InlineData("- {day: 2026-11-18, text: \"a\\nb\"}", "line 2, annotation \"2026-11-18\": text: it must be one line of at most 120 characters")]
    [InlineData("- {day: 2026-11-18, text: Release, link: javascript:alert(1)}", "link: \"javascript:alert(1)\" must be an address that begins with https://")]
    [InlineData("- {day: 2026-11-18, text: Release, link: http://example.org}", "must be an address that begins with https://")]
    [InlineData("- {day: 2026-11-18, text: Release, charts: [wrokers]}", "charts: there is no chart \"wrokers\"; it must be the id of a metric (")]
    [InlineData("- {day: 2026-11-18, text: Release, chart: workers}", "chart: there is no such key; there are charts, day, link, text")]
    [InlineData("- Release", "line 2: annotations: every entry must be a mapping")]
    public void What_is_wrong_is_told_with_its_place(string entry, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => Read($"annotations:\n{entry}"));

        Assert.StartsWith("annotations.yaml, line 2", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_stops_the_start()
    {
        using var directory = new TemporaryDirectory();

        var thrown = Assert.Throws<StartupException>(() => Annotations.Read(new Microsoft.Extensions.Configuration.ConfigurationManager { ["Telemetry:AnnotationsFile"] = Path.Combine(directory, "none.yaml") }));

        Assert.StartsWith("Telemetry__AnnotationsFile", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_have_what_is_about_them_from_the_next_run_on()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock(TestSite.Noon);
        await using (var site = await StartAsync(directory, clock))
        {
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
            clock.SetUtcNow(TestSite.Noon.AddDays(1));
            await site.SummarizeAsync();
            Assert.DoesNotContain("marks", await site.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
        }

        var file = Path.Combine(directory, "annotations.yaml");
        await File.WriteAllTextAsync(file, "annotations:\n- {day: 2026-11-18, text: \"3.0 <b>\", link: https://example.org/3}\n- {day: 2026-11-18, text: Hosts, charts: [workers]}\n- {day: 2026-11-30, text: To come}\n");
        await using (var site = await StartAsync(directory, clock, $"--Telemetry:AnnotationsFile={file}"))
        {
            await site.SummarizeAsync();
            Assert.Contains("""{"day":"2026-11-18","kind":"note","text":"3.0 \u003Cb\u003E","link":"https://example.org/3"}]""", await site.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
            Assert.Contains("\"text\":\"Hosts\"}]", await site.GetAsync("/charts/workers"), StringComparison.Ordinal);
            var overview = await site.GetAsync("/charts/overview");
            Assert.Contains("\"text\":\"Hosts\",\"charts\":[\"workers\"]", overview, StringComparison.Ordinal);
            Assert.DoesNotContain("To come", overview, StringComparison.Ordinal);
            Assert.Contains("18 Nov 2026: 3.0 &lt;b&gt;", await site.GetAsync("/charts/active-systems?format=svg"), StringComparison.Ordinal);
            Assert.Contains("18 Nov 2026: 3.0 &lt;b&gt;", await site.GetAsync("/embed/active-systems"), StringComparison.Ordinal);
            Assert.Equal("day,systems\r\n2026-11-18,1\r\n", await site.GetAsync("/charts/active-systems?format=csv"));
        }

        await using (var site = await StartAsync(directory, clock))
        {
            await site.SummarizeAsync();
            Assert.DoesNotContain("marks", await site.GetAsync("/charts/overview"), StringComparison.Ordinal);
        }
    }

    private static Annotations Read(string yaml) => Annotations.Parse(yaml, "annotations.yaml", ReportMetrics.Catalogue);

    private static Task<TestSite> StartAsync(TemporaryDirectory directory, ManualClock clock, params string[] settings) => TestSite.StartAsync(
        directory, clock, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", .. settings]);
}
