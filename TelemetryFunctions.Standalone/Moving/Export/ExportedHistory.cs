using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using TelemetryFunctions.Standalone.Moving.Installs;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>The charts of an export; one series is in memory at a time.</summary>
internal sealed class ExportedHistory : History
{
    private readonly string _directory;
    private readonly ExportManifest _manifest;

    private ExportedHistory(string directory, ExportManifest manifest) => (_directory, _manifest) = (directory, manifest);

    /// <summary>The installs in it; null where there are none.</summary>
    public (string Directory, ExportedInstalls Counted)? Installs => _manifest.Installs is { } counted ? (_directory, counted) : null;

    public override bool IsWhole => true;

    public override WindowSpan? Days => new WindowSpan(StartOf(_manifest.First), StartOf(_manifest.Through.AddDays(1)));

    public override IReadOnlyList<Outage> Outages => [.. (_manifest.Outages ?? []).Select(outage => new Outage(outage.Day, outage.Hours))];

    public override IReadOnlyList<WindowSpan> Kept => [.. (_manifest.Kept ?? []).Select(days => new WindowSpan(StartOf(days.First), StartOf(days.Last.AddDays(1))))];

    public override int? MinimumBeforeNoise => _manifest.HasNoise ? _manifest.MinimumLabelSystems : null;

    /// <summary>Opens an export, once each of its files is found to be what was written.</summary>
    /// <exception cref="StartupException">It is none, of a newer version, incomplete or changed.</exception>
    public static async Task<ExportedHistory> OpenAsync(string directory, CancellationToken cancellation)
    {
        var manifest = await ReadAsync(directory, cancellation);
        if (manifest.Format != ExportManifest.Newest)
            throw new StartupException($"{directory} has format {manifest.Format}, and this version reads {ExportManifest.Newest}; update the service.");
        foreach (var file in manifest.Files)
            await CheckAsync(directory, file, cancellation);
        return new ExportedHistory(directory, manifest);
    }

    public override async IAsyncEnumerable<SeriesPoints> ReadAsync(
        IReadOnlySet<SeriesKey> knownNames, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (path, series) in _manifest.Files.Where(file => file.Series is not null).Select(file => (file.Path, file.Series!)))
        {
            var key = new SeriesKey(series.Metric, series.By, series.Name);
            using var text = new StreamReader(Path.Combine(_directory, path));
            yield return ChartCsvReader.Read(Path.Combine(_directory, path), text, key, CheckLabel) with
            {
                Span = new SeriesSpan(key, MoveDays.Ms(series.First), MoveDays.Ms(series.Last)),
            };
        }

        await Task.CompletedTask;
    }

    private static async Task<ExportManifest> ReadAsync(string directory, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, ExportManifest.FileName);
        try
        {
            await using var stream = File.OpenRead(path);
            var manifest = await JsonSerializer.DeserializeAsync(stream, ManifestJson.Default.ExportManifest, cancellation)
                ?? throw new JsonException("null is no manifest.");
            Check(manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new StartupException($"{path} is no manifest of an export: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{directory} is no export, which has a {ExportManifest.FileName}: {e.Message}", e);
        }
    }

    /// <summary>The hashes are of the other files: what is said here is only as right as who wrote it.</summary>
    /// <exception cref="FormatException">Something in it can't be.</exception>
    private static void Check(ExportManifest manifest)
    {
        if (manifest.Files.Any(file => file is null))
            throw new FormatException("one of its files is null.");
        if (manifest.Installs is not null && new[] { InstallExporter.Counters, InstallExporter.Days }.FirstOrDefault(path => manifest.Files.All(file => file.Path != path)) is { } missing)
            throw new FormatException($"it has installs, and no file {missing}.");
        if (manifest.Files.Select(file => file.Series).OfType<ExportedSeries>().Any(series => !LabelText.Fits(series.Name ?? "") || !LabelText.Fits(series.By ?? "")))
            throw new FormatException("it has a series of a name that no chart has.");

        if (manifest.Outages?.FirstOrDefault(outage => outage.Hours is < 1 or > 24) is { } outage)
            throw new FormatException($"the service was down for {outage.Hours} hours of {MoveDays.Write(outage.Day)}.");

        var spans = manifest.Files.Select(file => file.Series).OfType<ExportedSeries>().Select(series => (series.First, series.Last))
            .Concat((manifest.Kept ?? []).Select(days => (days.First, days.Last)))
            .Prepend((manifest.First, Last: manifest.Through));
        foreach (var (first, last) in spans)
        {
            if (first > last || last == DateOnly.MaxValue)
                throw new FormatException($"there are no days from {MoveDays.Write(first)} to {MoveDays.Write(last)}.");
            MoveDays.Check(first);
        }
    }

    private static async Task CheckAsync(string directory, ExportedFile file, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, file.Path);
        try
        {
            if (Path.GetRelativePath(directory, path).StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(file.Path))
                throw new StartupException($"{directory} is no export: {ExportManifest.FileName} names {file.Path}, which is outside.");
            await using var stream = File.OpenRead(path);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != file.Sha256)
                throw new StartupException($"{path} is not what was exported: its SHA-256 is not the one in {ExportManifest.FileName}. Export again, or import the single file with import csv.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} can't be read: {e.Message}", e);
        }
    }

    private static string? CheckLabel(string label) => LabelText.Fits(label) ? null : $"has a label that no chart has, \"{label}\".";

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
