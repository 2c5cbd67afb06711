namespace TelemetryFunctions.Tests.Deployment;

/// <summary>A test that runs Node. Without Node it is skipped, but not where <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = directories.Any(directory =>
            File.Exists(Path.Combine(directory, "node")) || File.Exists(Path.Combine(directory, "node.exe")));
        if (!found && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Node is not installed.";
    }
}
