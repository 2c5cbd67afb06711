using System.IO.Compression;
using System.Net;
using System.Text;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Moving;
using TelemetryFunctions.Standalone.Moving.Pulp;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Moving;

/// <summary>A site of Pulp's becomes one of these without losing its charts.</summary>
public sealed class PulpImportTests : IDisposable
{
    /// <summary>What becomes of the dump. What fewer than three systems have is "other", and a component has a chart from its second day on.</summary>
    private static readonly Dictionary<string, string> Charts = new()
    {
        { "active-systems", "day,systems\n2026-11-10,16\n2026-11-11,\n2026-11-12,\n2026-11-13,17\n2026-11-14,16" },
        { "components/core", "day,3.21,3.22,other\n2026-11-10,10,5,1\n2026-11-11,,,\n2026-11-12,,,\n2026-11-13,3,14,0\n2026-11-14,0,15,0" },
        { "components/core?by=xyz", "day,3.21.3,3.21.4,3.22.0,3.22.1,other\n2026-11-10,4,6,5,,1\n2026-11-11,,,,,\n2026-11-12,,,,,\n2026-11-13,,,,,\n2026-11-14,0,0,0,15,0" },
        { "components/ansible", "day,0.20,0.21\n2026-11-10,,\n2026-11-11,,\n2026-11-12,,\n2026-11-13,9,\n2026-11-14,0,8" },
        { "components/other", "day,other\n2026-11-10,6\n2026-11-11,\n2026-11-12,\n2026-11-13,\n2026-11-14,1" },
        { "system-age", "day,under 1 week,1-4 weeks,1-2 years\n2026-11-10,7,5,8\n2026-11-11,,,\n2026-11-12,,,\n2026-11-13,8,0,0\n2026-11-14,,," },
        { "demography", "day,0,1,2-3,8-15,256-511\n2026-11-10,4,3,,5,8\n2026-11-11,,,,,\n2026-11-12,,,,,\n2026-11-13,2,0,6,0,0\n2026-11-14,,,,," },
        { "workers", "day\n2026-11-10\n2026-11-11\n2026-11-12\n2026-11-13\n2026-11-14" },
        { "workers?by=mean", "day,hosts,processes\n2026-11-10,1.5,4.25\n2026-11-11,,\n2026-11-12,,\n2026-11-13,,\n2026-11-14,2,6" },
        { "content-apps?by=mean", "day,hosts,processes\n2026-11-10,1,\n2026-11-11,,\n2026-11-12,,\n2026-11-13,,\n2026-11-14,1.25,3" },
        { "postgresql-versions", "day,16.4,Unknown,other\n2026-11-10,12,3,1\n2026-11-11,,,\n2026-11-12,,,\n2026-11-13,,,\n2026-11-14,16,0,0" },
        { "users", "day,1,2-3,other\n2026-11-10,5,3,1\n2026-11-11,,,\n2026-11-12,,,\n2026-11-13,,,\n2026-11-14,10,0,0" },
        { "groups", "day,0,4-7\n2026-11-10,,\n2026-11-11,,\n2026-11-12,,\n2026-11-13,,\n2026-11-14,9,4" },
    };

    private readonly TestStore _store = new SqliteStores().New();
    private readonly TemporaryDirectory _files = new();

    public void Dispose()
    {
        _store.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Each_number_of_a_dump_is_in_the_chart_of_its_kind_and_is_drawn()
    {
        await using var site = await MovingSite.StartAsync(_store);

        var history = await site.ReadDumpAsync();
        var plan = await site.ImportAsync(history);

        Assert.Empty(plan.Refused);
        Assert.Equal(
            [
                "medians and percentiles of workers and content apps: a dump has their means only",
                "1 numbers of remotes: no chart is made of these",
                "1 records of contenttypes.contenttype: no chart is made of these",
            ],
            history.LeftOut);
        foreach (var (chart, csv) in Charts)
            Assert.Equal(csv + "\n", await site.CsvAsync(chart));
        foreach (var name in new[] { "file", "rare" })
            Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync($"/charts/components/{name}")).StatusCode);
        Assert.Matches("<path [^>]*d=\"M", await site.GetAsync("/charts/components/core?format=svg"));
        Assert.Contains("3.22", await site.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systems_keep_their_age_and_days_go_on()
    {
        await using var site = await MovingSite.StartAsync(_store);
        await site.ImportAsync(await site.ReadDumpAsync());

        await site.PostJsonAsync("""{"system_id": "8c5b1f64-2717-4562-b3fc-0c963f66a1d7"}""");
        site.Clock.AdvanceTo(new(2026, 11, 19, 0, 5, 0, TimeSpan.Zero));
        await site.SummarizeAsync();

        Assert.Equal("under 1 week: 0, 1-4 weeks: 0, 1-2 years: 1", await site.ValuesAsync("system-age"));
        Assert.Equal("systems: 1", await site.ValuesAsync("active-systems"));
        Assert.StartsWith(Charts["active-systems"], await site.CsvAsync("active-systems"), StringComparison.Ordinal);
        Assert.False(await _store.HoldsAsync("3.22.1\"}"), "a raw report was stored");
    }

    [Fact]
    public async Task Lines_gzip_and_several_files_give_the_same()
    {
        var records = (await File.ReadAllTextAsync(MovingSite.Dump)).Trim('[', ']', '\n').Split(",\n");
        string[] parts = [Path.Combine(_files, "ages.jsonl"), Path.Combine(_files, "rest.json.gz")];
        await File.WriteAllTextAsync(parts[0], "\uFEFF" + string.Join('\n', records.Where(record => record.Contains("agecount", StringComparison.Ordinal))), Encoding.UTF8);
        await using (var gzip = new GZipStream(File.Create(parts[1]), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($"[{string.Join(',', records.Where(record => !record.Contains("agecount", StringComparison.Ordinal)))}]"));
        await using var site = await MovingSite.StartAsync(_store);
        await site.ImportAsync(await site.ReadDumpAsync());
        using var other = new SqliteStores().New();
        await using var otherSite = await MovingSite.StartAsync(other);

        await otherSite.ImportAsync(await otherSite.ReadDumpAsync(parts));

        Assert.Equal(await site.ContentsAsync(), await otherSite.ContentsAsync());
    }

    [Fact]
    public async Task Days_of_the_services_own_are_kept_unless_they_are_to_be_replaced()
    {
        await using var site = await MovingSite.StartAsync(_store, new ManualClock(new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero)));
        await site.PostJsonAsync("""{"system_id": "6ec1af1a-5a21-4e02-9c0f-b1fdbc4cf6ae"}""");
        site.Clock.AdvanceTo(new(2026, 11, 13, 12, 0, 0, TimeSpan.Zero));
        await site.PostJsonAsync("""{"system_id": "6ec1af1a-5a21-4e02-9c0f-b1fdbc4cf6ae"}""");
        site.Clock.AdvanceTo(new(2026, 11, 14, 0, 5, 0, TimeSpan.Zero));
        await site.SummarizeAsync();
        var history = await site.ReadDumpAsync();

        Assert.Equal("Summarized: 2026-11-13; NotOver: 2026-11-14", Refused(await site.ImportAsync(history)));
        await site.PostJsonAsync("""{"system_id": "6ec1af1a-5a21-4e02-9c0f-b1fdbc4cf6ae"}""");
        site.Clock.AdvanceTo(new(2026, 11, 15, 0, 0, 50, TimeSpan.Zero));
        var contents = await site.ContentsAsync();
        Assert.Equal("Summarized: 2026-11-13; Waiting: 2026-11-14", Refused(await site.ImportAsync(history)));
        Assert.Equal(contents, await site.ContentsAsync());
        Assert.Equal("day,systems\n2026-11-10,16\n2026-11-11,\n2026-11-12,0\n2026-11-13,1\n", await site.CsvAsync("active-systems"));

        Assert.Equal("Waiting: 2026-11-14", Refused(await site.ImportAsync(history, replaces: true)));

        Assert.Equal("day,systems\n2026-11-10,16\n2026-11-11,\n2026-11-12,0\n2026-11-13,17\n", await site.CsvAsync("active-systems"));
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await site.SummarizeAsync();
        Assert.Equal("systems: 1", await site.ValuesAsync("active-systems"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_import_that_is_killed_anywhere_is_finished_by_doing_it_again(int seed)
    {
        using var whole = new SqliteStores().New();
        await using var reference = await MovingSite.StartAsync(whole);
        await reference.ImportAsync(await reference.ReadDumpAsync());
        var random = new Random(seed);
        KillableStore? mortal = null;
        await using var site = await MovingSite.StartAsync(_store, wrap: store => mortal = new KillableStore(store));
        var history = await site.ReadDumpAsync();

        for (var kills = 0; kills < 12; kills++)
        {
            mortal!.KillAfter(random.Next(200), lastCallCounts: random.Next(2) == 0);
            await Record.ExceptionAsync(() => site.ImportAsync(history));
            mortal.Revive();
            site.Clock.Advance(SummaryLease.Length);
        }

        await site.ImportAsync(history);

        Assert.Equal(await reference.ContentsAsync(), await site.ContentsAsync());
    }

    [Theory]
    [InlineData("", "{0} has no records; it must be the output of Django's dumpdata, JSON.")]
    [InlineData("[{}]", "{0}, record 1: has no model; a record is an object with model, pk and fields.")]
    [InlineData("[null]", "{0}, record 1: is null; a record is an object with model, pk and fields.")]
    [InlineData("""[{"model": "pulpanalytics.dailysummary", "pk": "2026-11-10", "fields": {}},""", "{0}, record 2: is no JSON of Django's dumpdata, or the file ends in it: *")]
    [InlineData("""{"model": "pulpanalytics.dailysummary", "pk": 5, "fields": {}}""", "{0}, record 1: pulpanalytics.dailysummary pk must be a day as 2026-01-31.")]
    [InlineData("""{"model": "pulpanalytics.dailysummary", "pk": "1026-11-10", "fields": {}}""", "{0}, record 1: pulpanalytics.dailysummary is of 1026-11-10; days from 2000-01-01 on are believed.")]
    [InlineData("""{"model": "pulpanalytics.agecount", "pk": 5, "fields": {"summary": "2026-11-10", "age": -1, "count": 3}}""", "{0}, record 1: pulpanalytics.agecount age must be a whole number from 0 to 2147483647.")]
    [InlineData("""{"model": "pulpanalytics.agecount", "pk": 5, "fields": {"summary": "2026-11-10", "age": 1}}""", "{0}, record 1: pulpanalytics.agecount has no field count; it must be of Django's dumpdata of the app pulpanalytics.")]
    [InlineData("""{"model": "pulpanalytics.system", "pk": 5, "fields": {"system_id": "me"}}""", "{0}, record 1: pulpanalytics.system system_id must be a UUID.")]
    public async Task What_is_wrong_is_said_in_a_line_and_nothing_is_written(string dump, string error)
    {
        var file = Path.Combine(_files, "dump.json");
        await File.WriteAllTextAsync(file, dump);

        var thrown = await Assert.ThrowsAsync<StartupException>(() => PulpDump.ReadAsync([file], ReportMetrics.Catalogue, default));

        if (error.EndsWith('*'))
            Assert.StartsWith(string.Format(null, error[..^1], file), thrown.Message, StringComparison.Ordinal);
        else
            Assert.Equal(string.Format(null, error, file), thrown.Message);
    }

    [Fact]
    public async Task A_file_that_only_begins_as_gzip_does_is_said_to_be_unreadable()
    {
        var file = Path.Combine(_files, "dump.json.gz");
        await File.WriteAllBytesAsync(file, [0x1F, 0x8B, .. "no gzip at all"u8]);

        var error = await Assert.ThrowsAsync<StartupException>(() => PulpDump.ReadAsync([file], ReportMetrics.Catalogue, default));

        Assert.StartsWith($"{file} can't be read beyond record 0: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_in_two_files_is_not_counted_twice()
    {
        var copy = Path.Combine(_files, "copy.json");
        File.Copy(MovingSite.Dump, copy);

        var error = await Assert.ThrowsAsync<StartupException>(
            () => PulpDump.ReadAsync([MovingSite.Dump, copy], ReportMetrics.Catalogue, default));

        Assert.StartsWith($"{copy}, record 6: pulpanalytics.dailysummary of 2026-11-10 is in {MovingSite.Dump} too", error.Message, StringComparison.Ordinal);
        Assert.Equal($"{copy} is named twice, and would be counted twice; name it once.", await ErrorAsync(copy, copy));
        var lines = (await File.ReadAllTextAsync(copy)).Trim('[', ']', '\n').ReplaceLineEndings("\n").Replace("},\n", "}\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy, $"{lines}\n{lines}");
        Assert.Contains(": pulpanalytics.dailysummary of 2026-11-10 is there a second time", await ErrorAsync(copy), StringComparison.Ordinal);

        static async Task<string> ErrorAsync(params string[] files) =>
            (await Assert.ThrowsAsync<StartupException>(() => PulpDump.ReadAsync(files, ReportMetrics.Catalogue, default))).Message;
    }

    private static string Refused(ImportPlan plan) =>
        string.Join("; ", plan.Refused.Select(days => $"{days.Key}: {string.Join(' ', days.Value.Select(ms => $"{DateTimeOffset.FromUnixTimeMilliseconds(ms):yyyy-MM-dd}"))}"));
}
