namespace TelemetryFunctions.Tests.Worker;

/// <summary>What <see cref="HostStandIn"/> is to run, and how.</summary>
/// <param name="AppPath">The published app's own assembly, <c>TheApp.dll</c>.</param>
public sealed record HostStandInOptions(string AppPath)
{
    /// <summary>The app's settings, given to the worker as environment variables; null removes an inherited one.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// The file the host reads. The worker always reads the one in <see cref="AppDirectory"/> to map its own routes,
    /// so another file must have the same route prefix.
    /// </summary>
    public string HostJsonPath { get; init; } = Path.Combine(DirectoryOf(AppPath), "host.json");

    /// <summary>The only key that opens functions of the level <c>Function</c>; without one they are all closed.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>How long the worker may take to have all its functions loaded. The real host allows a minute for each step.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    internal string AppDirectory => DirectoryOf(AppPath);

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
