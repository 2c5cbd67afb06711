using System.Security.Cryptography;
using System.Text.Json;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>A directory that is filled under another name, and has its own once it is whole.</summary>
internal sealed class ExportDirectory : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ExportedFile> _files = [];

    /// <exception cref="StartupException">There is something in it, or it can't be made.</exception>
    public ExportDirectory(string path)
    {
        // Shells complete the name of a directory with a slash, behind which the other name would be one in it.
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _partial = _path + ".partial";
        try
        {
            if (File.Exists(_path) || (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any()))
                throw new StartupException($"{path} is there and not empty; name a directory that is not, or an empty one.");
            RemoveBrokenOff();
            Directory.CreateDirectory(_partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} can't be made: {e.Message}", e);
        }
    }

    /// <summary>A path for a file, which no other file has, also where case does not tell them apart.</summary>
    public string Reserve(string path)
    {
        var (stem, end) = (path[..^Path.GetExtension(path).Length], Path.GetExtension(path));
        for (var number = 2; !_names.Add(path); number++)
            path = $"{stem}~{number}{end}";
        return path;
    }

    /// <summary>Writes a file.</summary>
    public async Task WriteAsync(string path, Func<Stream, Task> write, ExportedSeries? series = null)
    {
        var file = Path.Combine(_partial, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var stream = File.Create(file))
            await write(stream);
        await using var written = File.OpenRead(file);
        _files.Add(new ExportedFile(path, Convert.ToHexStringLower(await SHA256.HashDataAsync(written))) { Series = series });
    }

    /// <summary>Writes the manifest, of all files that were written, and gives the directory its name.</summary>
    public async Task FinishAsync(Func<IReadOnlyList<ExportedFile>, ExportManifest> describe)
    {
        await using (var stream = File.Create(Path.Combine(_partial, ExportManifest.FileName)))
            await JsonSerializer.SerializeAsync(stream, describe(_files), ManifestJson.Default.ExportManifest);
        if (Directory.Exists(_path))
            Directory.Delete(_path);
        Directory.Move(_partial, _path);
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_partial))
            Directory.Delete(_partial, recursive: true);
    }

    /// <summary>Removes what an export has left that was killed, and nothing that is somebody else's.</summary>
    private void RemoveBrokenOff()
    {
        if (!Directory.Exists(_partial))
            return;
        if (Directory.EnumerateFileSystemEntries(_partial).Any() && !File.Exists(Path.Combine(_partial, ExportManifest.Catalogue)))
            throw new StartupException($"{_partial} is there, which is the name of an export that is not finished, and is none; name another directory.");
        Directory.Delete(_partial, recursive: true);
    }
}
