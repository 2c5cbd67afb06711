using System.Reflection;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>The bicep compiler, with no network, and a home of its own so that it writes nothing elsewhere.</summary>
internal sealed class Bicep : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    /// <summary>Where NuGet put it; the project file says so.</summary>
    public static string Executable { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(metadata => metadata.Key == "BicepExecutable")?.Value ?? "bicep";

    /// <summary>Why tests of <c>infra/</c> are skipped, or null where they run. On CI they always run, if only to fail.</summary>
    public static string? WhyMissing { get; } =
        File.Exists(Executable) || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : "The bicep compiler is restored on linux-x64 only.";

    /// <summary>A directory for its input that goes with it.</summary>
    public string NewDirectory() => Directory.CreateDirectory(Path.Combine(_home, Path.GetRandomFileName())).FullName;

    public Task<CommandResult> RunAsync(params string[] arguments) =>
        Repository.RunAsync(_home, Executable, arguments, new Dictionary<string, string>
        {
            ["HOME"] = _home,
            ["TMPDIR"] = _home,
            // It asks for the index of Microsoft's public modules, whether or not one is used. Nobody listens here.
            ["https_proxy"] = "http://127.0.0.1:9",
            ["no_proxy"] = "",
        });

    public void Dispose() => _home.Dispose();
}

/// <summary>A test that needs the bicep compiler: skipped where there is none, but not on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.WhyMissing;
}
