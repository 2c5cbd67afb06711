using System.Globalization;

namespace TelemetryFunctions.Tests.Support;

/// <summary>libfaketime, which gives a process of its own another time of day, but not another pace.</summary>
internal static class Faketime
{
    /// <summary>Why tests on it are skipped, or null where they run. On CI they always run, if only to fail.</summary>
    public static string? WhyMissing { get; } =
        FindLibrary() is not null || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : "libfaketime is not installed; Debian's package is faketime.";

    /// <summary>The environment of a process that starts at a time.</summary>
    public static IReadOnlyDictionary<string, string> From(DateTimeOffset time) => new Dictionary<string, string>(Base())
    {
        ["FAKETIME"] = Text(time),
    };

    /// <summary>The environment of a process whose time is what <see cref="Set"/> last wrote to a file.</summary>
    public static IReadOnlyDictionary<string, string> FromFile(string path) => new Dictionary<string, string>(Base())
    {
        ["FAKETIME_TIMESTAMP_FILE"] = path,
        ["FAKETIME_NO_CACHE"] = "1",
    };

    /// <summary>
    /// Moves the clock of a process: it runs on from the time, plus as long as the process has been running.
    /// </summary>
    public static void Set(string path, DateTimeOffset time)
    {
        // At once: the process may read at any moment.
        var next = path + ".next";
        File.WriteAllText(next, Text(time));
        File.Move(next, path, overwrite: true);
    }

    private static Dictionary<string, string> Base() => new()
    {
        ["LD_PRELOAD"] = FindLibrary() ?? throw new InvalidOperationException("libfaketime is not installed."),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["TZ"] = "UTC",
    };

    private static string? FindLibrary() => Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib")
            .Select(directory => Path.Combine(directory, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists)
        : null;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("'@'yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>A test that starts the app at a time of its choice: skipped where libfaketime is not installed, but not on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaketimeFactAttribute : FactAttribute
{
    public FaketimeFactAttribute() => Skip = Faketime.WhyMissing;
}

/// <summary><see cref="FaketimeFactAttribute"/> for a test that needs Azurite too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFaketimeFactAttribute : FactAttribute
{
    public AzuriteFaketimeFactAttribute() => Skip = Azurite.WhyMissing ?? Faketime.WhyMissing;
}
