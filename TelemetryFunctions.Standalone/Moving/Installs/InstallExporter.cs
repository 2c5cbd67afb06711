using System.Globalization;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Moving.Export;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving.Installs;

/// <summary>Writes the counters of installs and their days; what was counted of platforms and versions of PHP stays, because few may have sent some of it.</summary>
internal sealed class InstallExporter(InstallArchive archive, SummaryProgressStore progressStore, TimeProvider clock)
{
    public const string Counters = "installs/counters.csv";
    public const string Days = "installs/days.csv";
    public const string Parquet = "installs/days.parquet";

    /// <returns>Until when they are counted, or null where none are.</returns>
    /// <exception cref="StartupException">Some were counted meanwhile.</exception>
    public async Task<ExportedInstalls?> WriteAsync(ExportDirectory directory, CancellationToken cancellation)
    {
        var before = await ReadProgressAsync(cancellation);
        if (before is not { First: { } first, Through: { } through })
            return null;

        // The three are filled together, so that each counter is read once.
        await directory.WriteAsync(directory.Reserve(Counters), async counters =>
            await directory.WriteAsync(directory.Reserve(Days), async days =>
                await directory.WriteAsync(directory.Reserve(Parquet), async parquet => await WriteAsync(counters, days, parquet, cancellation))));

        // Counters and days are read one after the other: a window that is added in between is in a part of them.
        var after = await ReadProgressAsync(cancellation);
        return after.Through == through && !IsAtWork(before) && !IsAtWork(after)
            ? new ExportedInstalls(first, through)
            : throw new StartupException("Installs were counted while they were exported, and what was read does not belong together. Export again.");
    }

    private bool IsAtWork(SummaryProgress progress) => progress.Lease?.Until > clock.GetUtcNow();

    private async Task<SummaryProgress> ReadProgressAsync(CancellationToken cancellation) =>
        (await progressStore.ReadAsync(InstallSource.SourceName, cancellation)).Progress;

    private async Task WriteAsync(Stream counterStream, Stream dayStream, Stream parquetStream, CancellationToken cancellation)
    {
        await using var counters = new StreamWriter(counterStream, leaveOpen: true) { NewLine = CsvText.LineEnd };
        await using var days = new StreamWriter(dayStream, leaveOpen: true) { NewLine = CsvText.LineEnd };
        await using var parquet = await InstallParquet.CreateAsync(parquetStream, cancellation);
        await counters.WriteLineAsync("package,version,installs,ci,ci since,last installed at,counted through");
        await days.WriteLineAsync("package,version,day,installs,ci");
        await foreach (var (key, counter, ofDays) in archive.ReadAsync(cancellation))
        {
            var name = $"{CsvText.Field(key.Package)},{CsvText.Field(key.Version ?? "")}";
            await counters.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{counter.Total},{counter.Ci?.Total},{(counter.Ci?.Since is { } since ? MoveDays.Write(since) : "")},{counter.LastInstalledAt:O},{counter.Through:O}"));
            foreach (var day in ofDays)
                await days.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name},{MoveDays.Write(day.Day)},{day.Installs},{day.Ci}"));
            await parquet.AddAsync(key, ofDays, cancellation);
        }
    }
}
