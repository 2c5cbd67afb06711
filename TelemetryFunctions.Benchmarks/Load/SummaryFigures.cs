using System.Globalization;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>
/// A day summarized in a process of its own, cold or warm, of systems that the registry does not know or knows since the day before, beside a
/// loop that only reads the rows.
/// </summary>
internal static class SummaryFigures
{
    /// <summary>Systems of a day, where none are asked for.</summary>
    public static readonly IReadOnlyList<int> Sizes = [10_000, 50_000, 100_000, 1_000_000];

    private const int SystemsBefore = 2_000;

    // What a report is written in is compared with so many.
    private const int SystemsOfFormats = 100_000;

    // What properties.yaml reads, that of the catalogue alone.
    private static readonly Dictionary<string, string> OfProperties = new() { ["Telemetry__MetricsFile"] = Path.Combine(AppContext.BaseDirectory, "properties.yaml") };

    public static async IAsyncEnumerable<LoadFigure> MeasureAsync(LoadRun run, IReadOnlyList<int> sizes)
    {
        var before = run.MakeDirectory("summary-before");
        foreach (var systems in sizes)
        {
            var (cold, warm) = (run.MakeDirectory($"summary-{systems}-cold"), run.MakeDirectory($"summary-{systems}-warm"));
            await DayOfReports.FillAsync(cold, systems, BenchmarkReports.Body, ReportFormat.Protobuf);
            Copy(cold, warm);

            // Twice, because the first one finds the file as it was just written.
            await run.RunAsync(["limit", "scan", cold, Text(BenchmarkReports.Day)]);
            var scan = await run.RunAsync(["limit", "scan", cold, Text(BenchmarkReports.Day)]);
            var registry = run.MakeDirectory($"summary-{systems}-registry");
            var register = await run.RunAsync(["limit", "register", cold, Text(BenchmarkReports.Day), registry]);
            foreach (var (day, known) in new[] { (BenchmarkReports.Day, "all new"), (DayOfReports.Second, "all known") })
            {
                yield return FigureOf($"{systems:n0} systems, {known}, cold", await run.RunAsync(["limit", "summarize", cold, Text(day)]), scan, isCold: true);
                Directory.Delete(before, recursive: true);
                await DayOfReports.FillAsync(Directory.CreateDirectory(before).FullName, SystemsBefore, BenchmarkReports.Body, ReportFormat.Protobuf);
                var figures = await run.RunAsync(["limit", "summarize", warm, Text(day), before]);
                yield return FigureOf($"{systems:n0} systems, {known}, warm", figures, scan, isCold: false);
                yield return FigureOf($"{systems:n0} systems, {known}, warm", figures, register, isCold: false, "a loop that also parses them and enters the systems in a registry");
            }

            Directory.Delete(cold, recursive: true);
            Directory.Delete(warm, recursive: true);
            Directory.Delete(registry, recursive: true);
        }

        // In what a report is written is compared where no size is asked for.
        if (sizes != Sizes)
            yield break;
        yield return await MeasureJsonAsync(run, "fields of the schema", BenchmarkReports.Json, []);
        yield return await MeasureJsonAsync(run, "properties", BenchmarkReports.Properties, OfProperties);
    }

    private static async Task<LoadFigure> MeasureJsonAsync(LoadRun run, string what, Func<int, byte[]> body, Dictionary<string, string> settings)
    {
        var directory = run.MakeDirectory($"summary-{what}");
        await DayOfReports.FillAsync(directory, SystemsOfFormats, body, ReportFormat.Json);
        var scan = await run.RunAsync(["limit", "scan", directory, Text(BenchmarkReports.Day)]);
        var figures = await run.RunAsync(["limit", "summarize", directory, Text(BenchmarkReports.Day)], settings);
        Directory.Delete(directory, recursive: true);
        return FigureOf($"{SystemsOfFormats:n0} systems, all new, cold, JSON: {what}", figures, scan, isCold: true);
    }

    private static LoadFigure FigureOf(string name, IReadOnlyDictionary<string, double> figures, IReadOnlyDictionary<string, double> limit, bool isCold, string what = "a loop that reads the rows")
    {
        // Of a cold process, from its start on.
        var seconds = isCold ? figures[Figures.FirstAfter] : figures["seconds"];
        var (rate, core) = (figures["rows"] / seconds, figures["rows"] / figures["processor"]);
        return new LoadFigure(
            name, "/s", rate, limit["rows"], $"{what}, on one core",
            $"{LoadTable.Text(seconds)} s, {LoadTable.Text(figures["processor"] / figures["seconds"])} cores; by processor time {LoadTable.Text(core / limit["core"])}; {figures["memory"] / 1e6:f0} MB at most");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static string Text(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
