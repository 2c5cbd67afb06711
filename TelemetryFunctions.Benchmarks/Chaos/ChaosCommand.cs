using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Knocks a service about, as a process of its own behind real sockets, and says what held.</summary>
[SupportedOSPlatform("linux")]
internal static class ChaosCommand
{
    /// <summary>Prints a table, a row a knock.</summary>
    /// <param name="names">Which; none for all.</param>
    /// <returns>The exit code: 0 where every promise held.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => Knock.All.All(knock => knock.Name != name)) is { } unknown)
            throw new BenchmarkException($"There is no knock {unknown}; there are {string.Join(", ", Knock.All.Select(knock => knock.Name))}.");

        var broken = 0;
        Console.WriteLine("| knock | what must hold | what was seen | s |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var knock in Knock.All.Where(knock => names.Count == 0 || names.Contains(knock.Name)))
        {
            var watch = Stopwatch.StartNew();
            var seen = await HitAsync(knock);
            broken += seen.Held ? 0 : 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {knock.Name} | {knock.Promise} | {(seen.Held ? "" : "**broken:** ")}{seen.Text} | {watch.Elapsed.TotalSeconds:0} |"));
        }

        return broken == 0 ? 0 : 1;
    }

    private static async Task<(bool Held, string Text)> HitAsync(Knock knock)
    {
        try
        {
            return (true, await knock.HitAsync());
        }
        catch (Exception e) when (e is BrokenPromiseException or BenchmarkException)
        {
            return (false, e.Message.ReplaceLineEndings(" "));
        }
    }
}
