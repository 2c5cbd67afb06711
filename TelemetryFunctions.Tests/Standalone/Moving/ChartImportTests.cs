using System.IO.Compression;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Moving;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Moving;

/// <summary>Charts that a site sends can be taken in by another one.</summary>
public sealed class ChartImportTests : IDisposable
{
    private readonly TestStore _store = new SqliteStores().New();
    private readonly TestStore _other = new SqliteStores().New();
    private readonly TemporaryDirectory _files = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_sites_CSV_makes_the_same_charts()
    {
        await using var site = await MovingSite.StartAsync(_store);
        await site.ImportAsync(await site.ReadDumpAsync());
        await using (var zip = await site.Client.GetStreamAsync("/export.zip"))
            await ZipFile.ExtractToDirectoryAsync(zip, _files);
        File.Delete(Path.Combine(_files, "index.csv"));
        await using var other = await MovingSite.StartAsync(_other);

        await ImportAsync(other, Files.ReadCsv, Directory.EnumerateFiles(_files, "*.csv", SearchOption.AllDirectories));

        await AssertSameAsync(site, other, "active-systems", "components/core", "components/core?by=xyz", "components/other", "users", "workers?by=mean", "demography");
    }

    [Fact]
    public async Task A_charts_JSON_makes_the_same_chart()
    {
        await using var site = await MovingSite.StartAsync(_store);
        await site.ImportAsync(await site.ReadDumpAsync());
        await using var other = await MovingSite.StartAsync(_other);
        foreach (var chart in new[] { "active-systems", "components/core", "system-age" })
            await File.WriteAllTextAsync(Path.Combine(_files, chart.Replace('/', '-') + ".json"), await site.GetAsync("/charts/" + chart));
        await File.WriteAllTextAsync(Path.Combine(_files, "means"), await site.GetAsync("/charts/workers?by=mean"));

        await ImportAsync(other, Files.ReadJson, Directory.EnumerateFiles(_files, "*.json"));
        await ImportAsync(other, new ChartFiles(ReportMetrics.Catalogue, null, "mean").ReadJson, [Path.Combine(_files, "means")]);

        await AssertSameAsync(site, other, "active-systems", "components/core", "system-age", "workers?by=mean");
    }

    [Fact]
    public async Task What_too_few_systems_have_is_not_public_whoever_counted_it()
    {
        var core = await WriteAsync("components/core.xy.csv", "day,'=1,3.21,3.22,other\n2026-11-10,2,10,1,1\n2026-11-11,1,1,,\n2026-11-12,0,2,1,\n2026-11-13,,0,5,2\n");
        var users = await WriteAsync("users.csv", "day,1,2-3\n2026-11-10,2,1\n2026-11-13,4,0\n");
        await using var site = await MovingSite.StartAsync(_store);

        var plan = await ImportAsync(site, Files.ReadCsv, [core, users]);

        Assert.Equal(1, plan.DaysOfFew);
        Assert.Equal("day,3.21,3.22,other\n2026-11-10,10,,4\n2026-11-11,,,\n2026-11-12,,,3\n2026-11-13,0,5,2\n", await site.CsvAsync("components/core"));
        Assert.Equal("day,1,other\n2026-11-10,,3\n2026-11-11,,\n2026-11-12,,\n2026-11-13,4,0\n", await site.CsvAsync("users"));
    }

    [Fact]
    public async Task What_looks_personal_is_not_public_whoever_counted_it()
    {
        var core = await WriteAsync("components/core.xy.csv", "day,3.21,alice@example.org\n2026-11-10,5,4\n2026-11-11,6,\n");
        await using var site = await MovingSite.StartAsync(_store);

        var plan = await ImportAsync(site, Files.ReadCsv, [core]);

        Assert.Equal(1, plan.PersonalDays["components"]);
        Assert.Equal("day,3.21\n2026-11-11,6\n", await site.CsvAsync("components/core"));
    }

    [Theory]
    [InlineData("day,systems\n2026-11-10,x\n", "{0}, line 2: has \"x\" in the column \"systems\"; it must be a number, with a point before its decimals, or empty.")]
    [InlineData("day,systems\n2026-11-10,5\n2026-11-10,6\n", "{0}, line 3: has 2026-11-10 a second time.")]
    [InlineData("day,systems\n10.11.2026,5\n", "{0}, line 2: begins with \"10.11.2026\"; it must be a day as 2026-01-31.")]
    [InlineData("day,systems\n2026-11-10\n", "{0}, line 2: has 1 fields, and the first line has 2.")]
    [InlineData("date,systems\n", "{0}, line 1: must begin with the column day, as a chart's CSV does.")]
    [InlineData("", "{0}, line 1: must begin with the column day, as a chart's CSV does.")]
    [InlineData("day,systems,systems\n", "{0}, line 1: has the column \"systems\" twice.")]
    [InlineData("day,systems\n2026-11-10,-1\n", "{0} has a number below 0 on 2026-11-10; active-systems counts systems.")]
    [InlineData("day,sys\"tems\n", "{0}, line 1: has a quotation mark in a field that does not begin with one, or one that is never closed, which CSV does not have.")]
    [InlineData("day,systems\n2026-11-10,\"5\n", "{0}, line 2: has a quotation mark in a field that does not begin with one, or one that is never closed, which CSV does not have.")]
    [InlineData("day,users\n", "{0}, line 1: has \"users\"; the labels of active-systems are systems.")]
    [InlineData("day,systems,previous day,previous systems\n", "{0}, line 1: compares two periods; ask for the CSV without compare.")]
    public async Task What_is_wrong_in_a_CSV_is_said_with_its_line(string csv, string error)
    {
        var file = await WriteAsync("active-systems.csv", csv);

        Assert.Equal(string.Format(null, error, file), Assert.Throws<StartupException>(() => Files.ReadCsv(file)).Message);
    }

    [Fact]
    public async Task A_file_must_tell_which_chart_it_is_of()
    {
        var file = await WriteAsync("downloads.csv", "day,systems\n2026-11-10,5\n");

        Assert.StartsWith($"{file} does not say by its name which chart it is of", Assert.Throws<StartupException>(() => Files.ReadCsv(file)).Message, StringComparison.Ordinal);
        Assert.Equal("active-systems", new ChartFiles(ReportMetrics.Catalogue, "active-systems", null).ReadCsv(file).Series.Metric);
        Assert.StartsWith("There is no chart \"downloads\" in the catalogue, but active-systems, ", Error("downloads", null), StringComparison.Ordinal);
        Assert.Equal("--by is \"xy\"; active-systems has only one breakdown, leave it out.", Error("active-systems", "xy"));
        Assert.Equal("--by is \"z\"; of components/core it must be one of xy, xyz.", Error("components/core", "z"));
        string Error(string chart, string? by) => Assert.Throws<StartupException>(() => new ChartFiles(ReportMetrics.Catalogue, chart, by).ReadCsv(file)).Message;
    }

    [Theory]
    [InlineData("[]", "{0} is no chart as /charts/{{id}} sends it: *")]
    [InlineData("{}", "{0} is no chart; it must have id, times and series, with a label and as many values as there are times.")]
    [InlineData("""{"id": "active-systems", "times": [5], "series": []}""", "{0} has 5 among its times; they must be the starts of days, epoch ms, one after the other.")]
    [InlineData("""{"id": "active-systems", "times": [8640000000000000000], "series": []}""", "{0} has 8640000000000000000 among its times; they must be the starts of days, epoch ms, one after the other.")]
    [InlineData("""{"id": "active-systems", "through": "2026-11-10", "times": [-8640000000000000000], "series": []}""", "{0} has -8640000000000000000 among its times; they must be")]
    [InlineData("""{"id": "active-systems", "times": [], "series": [{"label": "systems", "values": []}, {"label": "systems", "values": []}]}""", "{0} has the label \"systems\" twice.")]
    [InlineData("""{"id": "active-systems", "times": [], "series": [{"label": "x", "values": []}]}""", "{0} has \"x\"; the labels of active-systems are systems.")]
    public async Task What_is_wrong_in_a_JSON_is_said(string json, string error)
    {
        var file = await WriteAsync("chart.json", json);

        Assert.StartsWith(string.Format(null, error, file).TrimEnd('*'), Assert.Throws<StartupException>(() => Files.ReadJson(file)).Message, StringComparison.Ordinal);
    }

    private static ChartFiles Files { get; } = new(ReportMetrics.Catalogue, null, null);

    private static Task<ImportPlan> ImportAsync(TestSite site, Func<string, SeriesPoints> read, IEnumerable<string> files) =>
        site.ImportAsync(ChartFileHistory.Read(files, read));

    private static async Task AssertSameAsync(TestSite site, TestSite other, params string[] charts)
    {
        foreach (var chart in charts)
            Assert.Equal(await site.GetAsync("/charts/" + chart), await other.GetAsync("/charts/" + chart));
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
