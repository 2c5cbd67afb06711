using System.Text;

namespace TelemetryFunctions.Tests.Support;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("telemetry-").FullName;

    public static implicit operator string(TemporaryDirectory directory) => directory.Path;

    /// <summary>True where any file of the embedded store holds the text, in ASCII.</summary>
    public bool Holds(string text) => FindAny([text]) is not null;

    /// <summary>The first of some texts, in ASCII, that is found in a file of the embedded store, or null.</summary>
    public string? FindAny(IReadOnlyCollection<string> texts)
    {
        var wanted = new WantedTexts(texts);
        return Directory.EnumerateFiles(Path, "telemetry.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
            return wanted.FindIn(content.ReadToEnd());
        }).FirstOrDefault(found => found is not null);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
