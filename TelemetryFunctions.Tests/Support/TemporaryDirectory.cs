using System.Text;

namespace TelemetryFunctions.Tests.Support;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("telemetry-").FullName;

    public static implicit operator string(TemporaryDirectory directory) => directory.Path;

    /// <summary>True where any file of the embedded store holds the text, in ASCII.</summary>
    public bool Holds(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return Directory.EnumerateFiles(Path, "telemetry.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(bytes) >= 0;
        });
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
