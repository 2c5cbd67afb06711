namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>A directory of a service's data that goes with this.</summary>
internal sealed class ChaosDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chaos-").FullName;

    /// <summary>The embedded store.</summary>
    public string File => System.IO.Path.Combine(Path, "telemetry.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
