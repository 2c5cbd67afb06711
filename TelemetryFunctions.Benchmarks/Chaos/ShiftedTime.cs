using System.Globalization;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Gives a process another time of day, by libfaketime.</summary>
internal static class ShiftedTime
{
    /// <summary>The environment of a process that starts at a time.</summary>
    /// <exception cref="BenchmarkException">libfaketime is not installed.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Settings(DateTimeOffset time) =>
    [
        new("LD_PRELOAD", Library()),
        new("FAKETIME", time.UtcDateTime.ToString("'@'yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        new("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        new("TZ", "UTC"),
    ];

    private static string Library() =>
        Directory.GetDirectories("/usr/lib").Select(directory => Path.Combine(directory, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new BenchmarkException("libfaketime is not installed: install Debian's package faketime.");
}
