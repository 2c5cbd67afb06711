using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Moving;
using TelemetryFunctions.Standalone.Moving.Pulp;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Moving;

/// <summary>A site that charts are moved to or from, and what there is to move.</summary>
internal static class MovingSite
{
    /// <summary>A dump of four days from 2026-11-10 to 14, made by hand, with each model and each oddity.</summary>
    public static string Dump { get; } = Repository.PathOf("TelemetryFunctions.Tests/Standalone/Moving/pulp-dump.json");

    /// <summary>A site as in production, four days after the dump unless the clock says otherwise.</summary>
    public static Task<TestSite> StartAsync(TestStore store, ManualClock? clock = null, Func<ITableStore, ITableStore>? wrap = null, params string[] settings) =>
        TestSite.StartAsync(store, clock, environment: "Production", wrap: wrap, configure: builder => builder.Services.AddMoving(), settings: settings);

    public static async Task<PulpHistory> ReadDumpAsync(this TestSite site, params string[] files) => new(
        await PulpDump.ReadAsync(files.Length > 0 ? files : [Dump], site.Service<MetricCatalogue>(), default), site.Service<ReportOptions>());

    public static async Task<ImportPlan> ImportAsync(this TestSite site, History history, bool replaces = false) =>
        await site.Service<Importer>().RunAsync(history, replaces, default);

    /// <summary>The tables that charts are made of, and the registry, as text; and the charts.</summary>
    public static async Task<string> ContentsAsync(this TestSite site)
    {
        var lines = new List<string>();
        foreach (var table in new[] { PointStore.Summary, PointStore.Series, SystemRegistry.Table })
        {
            await foreach (var row in site.Store.ScanAsync(table, KeyRange.All))
                lines.Add($"{table.Name}|{row.Partition}|{row.Key}|{string.Join(',', row.Cells.Select(cell => $"{cell.Column.Name}={cell.Reference ?? cell.Bits}"))}");
        }

        lines.Add(await site.GetAsync("/charts/overview"));
        return string.Join('\n', lines);
    }

    /// <summary>A chart's CSV, a line a row.</summary>
    public static async Task<string> CsvAsync(this TestSite site, string chart) =>
        (await site.GetAsync($"/charts/{chart}{(chart.Contains('?', StringComparison.Ordinal) ? "&" : "?")}format=csv")).ReplaceLineEndings("\n");
}
