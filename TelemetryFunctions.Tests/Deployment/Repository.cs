using System.Diagnostics;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>The checked-out sources, and commands run in them.</summary>
internal static class Repository
{
    /// <summary>The directory that holds <c>TelemetryFunctions.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Makes an absolute path of one that starts at the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Reads a text file by its path from the root.</summary>
    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>Runs a command to its end; <paramref name="environment"/> is added to this process's own.</summary>
    public static async Task<CommandResult> RunAsync(
        string directory,
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test runner's own MSBuild settings must not reach a build that a test starts.
        var inherited = start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase));
        foreach (var name in inherited.ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TelemetryFunctions.sln")))
            directory = directory.Parent;
        return directory?.FullName
            ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

/// <summary>What a command answered.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
