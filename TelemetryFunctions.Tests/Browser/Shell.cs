using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Runs a command as a reader would who copied it.</summary>
internal static class Shell
{
    public static async Task RunAsync(string command)
    {
        var result = await Repository.RunAsync(Repository.Root, "sh", ["-c", command.Replace("curl ", "curl -fsS ", StringComparison.Ordinal)]);
        Assert.True(result.ExitCode == 0, $"{command}\n{result.Error}");
    }
}
