namespace TelemetryFunctions.Tests.Installs;

/// <summary>A test that starts the app at a time of its choice: skipped where libfaketime is not installed, but not on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaketimeFactAttribute : FactAttribute
{
    public FaketimeFactAttribute()
    {
        if (Library is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "libfaketime is not installed; Debian's package is faketime.";
    }

    /// <summary>The library to preload, or null.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib")
            .Select(directory => Path.Combine(directory, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists)
        : null;
}
