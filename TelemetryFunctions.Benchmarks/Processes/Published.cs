using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TelemetryFunctions.Benchmarks.Processes;

/// <summary>The service, and this executable, as they are deployed: published for this kind of machine, and so compiled ahead (ReadyToRun).</summary>
/// <param name="Service">The executable of the standalone service.</param>
/// <param name="Benchmarks">This executable.</param>
internal sealed record Published(string Service, string Benchmarks)
{
    private const string ServiceProject = "TelemetryFunctions.Standalone";
    private const string BenchmarksProject = "TelemetryFunctions.Benchmarks";

    /// <summary>Publishes them below <c>artifacts</c>, which takes about a minute the first time.</summary>
    /// <exception cref="BenchmarkException">It failed; what the compiler says is on the console.</exception>
    public static async Task<Published> MakeAsync()
    {
        var published = Find();
        await PublishAsync(ServiceProject, published.Service);
        await PublishAsync(BenchmarksProject, published.Benchmarks);
        return published;
    }

    /// <summary>Those that were published before.</summary>
    /// <exception cref="BenchmarkException">There are none.</exception>
    public static Published FindMade() => Find() is var published && File.Exists(published.Service) && File.Exists(published.Benchmarks)
        ? published
        : throw new BenchmarkException("Nothing was published yet: leave out --no-publish.");

    private static Published Find() => new(PathOf(ServiceProject), PathOf(BenchmarksProject));

    private static string PathOf(string project) => Path.Combine(Root(), "artifacts", "load", project, project + ".dll");

    private static async Task PublishAsync(string project, string to)
    {
        Console.Error.WriteLine($"publishing {to}");
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Root(), project), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-o", Path.GetDirectoryName(to)!, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false",
        ])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
            return;

        Console.Error.WriteLine(said);
        throw new BenchmarkException($"{project} could not be published for {RuntimeInformation.RuntimeIdentifier}.");
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here))) is { } root && File.Exists(Path.Combine(root, "TelemetryFunctions.sln"))
            ? root
            : throw new BenchmarkException("The sources are not where this was built; run it as dotnet run -c Release --project TelemetryFunctions.Benchmarks -- load.");
}
