using System.Globalization;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Standalone.Moving.Export;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving.Installs;

/// <summary>Enters the installs of an export. Packages that are counted already are left as they are: nobody could say which installs are in both.</summary>
internal sealed class InstallImporter(
    InstallArchive archive, InstallSource source, SummaryRunner runner, PackageListPublisher publisher, Migrator migrator)
{
    /// <exception cref="StartupException">A line is wrong, or another process is summarizing.</exception>
    public async Task<ImportedInstalls> RunAsync(string directory, ExportedInstalls counted, bool isDryRun, CancellationToken cancellation)
    {
        var result = new ImportedInstalls(0, 0);
        if (isDryRun)
        {
            var isThere = await migrator.HasStoreAsync(cancellation);
            return await EnterAsync(directory, package => isThere ? archive.HasAsync(package, cancellation) : Task.FromResult(false), _ => Task.CompletedTask);
        }

        var isDone = await runner.RunAloneAsync(
            source,
            async lease =>
            {
                var through = await FindThroughAsync(lease.Progress, counted, lease.Lost);
                result = await EnterAsync(
                    directory, package => archive.HasAsync(package, lease.Lost), counter => archive.EnterAsync(counter.CountedTo(through), lease.Lost));
                await lease.WriteAsync(progress => progress.Through is null ? progress with { First = Earlier(counted.First, through), Through = through } : progress);
                await publisher.SummarizedAsync(source, lease.Progress, lease.Lost);
            },
            cancellation);
        return isDone ? result : throw new StartupException("Installs can't be imported now: another process is summarizing. Try again when it is done.");
    }

    /// <summary>
    /// From when on this service counts what is sent to it: what it has taken in before the export was made, and not counted yet, is in none of the counters.
    /// </summary>
    private async Task<DateTimeOffset> FindThroughAsync(SummaryProgress progress, ExportedInstalls counted, CancellationToken cancellation) =>
        progress.Through ?? (await source.FindOldestAsync(cancellation) is { } oldest ? Earlier(oldest, counted.Through) : counted.Through);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static async Task<ImportedInstalls> EnterAsync(string directory, Func<string, Task<bool>> has, Func<ArchivedCounter, Task> enter)
    {
        var result = new ImportedInstalls(0, 0);
        string? package = null;
        var isCounted = false;
        using var files = new InstallFiles(directory);
        foreach (var counter in files.Read())
        {
            if (counter.Key.Package != package)
            {
                (package, isCounted) = (counter.Key.Package, await has(counter.Key.Package));
                result = isCounted ? result with { Known = result.Known + 1 } : result with { Entered = result.Entered + 1 };
            }

            if (!isCounted)
                await enter(counter);
        }

        return result;
    }
}

/// <summary>What became of the packages of an export.</summary>
/// <param name="Entered">Packages that were entered, or would be.</param>
/// <param name="Known">Packages that are counted already.</param>
internal sealed record ImportedInstalls(int Entered, int Known)
{
    public string Describe(bool isDryRun) => string.Create(
        CultureInfo.InvariantCulture,
        $"Installs of {Entered:n0} packages {(isDryRun ? "would be" : "were")} entered; {Known:n0} that are counted here already stay as they are.");
}
