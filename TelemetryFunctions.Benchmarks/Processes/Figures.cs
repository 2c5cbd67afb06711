using System.Diagnostics;
using System.Globalization;

namespace TelemetryFunctions.Benchmarks.Processes;

/// <summary>Figures that a process of its own measures: it writes each as a line, <c>name value</c>.</summary>
internal static class Figures
{
    /// <summary>How long the process took from its start until it wrote the first figure, in seconds.</summary>
    public const string FirstAfter = "first-after";

    /// <summary>Writes one, in the process that measures it.</summary>
    public static void Write(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));

    /// <summary>Runs the process to its end.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var figures = new Dictionary<string, double>();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            figures.TryAdd(FirstAfter, watch.Elapsed.TotalSeconds);
            var parts = line.Split(' ');
            figures[parts[0]] = double.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? figures : throw new BenchmarkException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }
}
