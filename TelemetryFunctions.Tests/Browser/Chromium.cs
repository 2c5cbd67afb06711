using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The browser that is installed on this machine.</summary>
internal static class Chromium
{
    /// <summary>Its path, or null where there is none.</summary>
    public static string? Path { get; } = Executables.Find("chromium", "chromium-browser", "google-chrome");
}

/// <summary>A test that runs Chromium. Without Chromium it is skipped, but not where <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = ChromiumSkip.Reason;
}

/// <summary><see cref="ChromiumFactAttribute"/> for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = ChromiumSkip.Reason;
}

internal static class ChromiumSkip
{
    public static string? Reason =>
        Chromium.Path is null && Environment.GetEnvironmentVariable("CI") != "true" ? "Chromium is not installed." : null;
}
