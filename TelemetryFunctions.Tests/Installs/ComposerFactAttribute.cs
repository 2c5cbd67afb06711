using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>A test that runs Composer: skipped where it is not installed, but not on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ComposerFactAttribute : FactAttribute
{
    public ComposerFactAttribute()
    {
        if (Executables.Find("composer") is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Composer is not installed; Debian's package is composer.";
    }
}
