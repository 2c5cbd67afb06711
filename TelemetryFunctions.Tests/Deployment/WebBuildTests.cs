using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>What somebody reads who builds without what the page is built with.</summary>
public sealed class WebBuildTests
{
    [Fact]
    public async Task Without_Node_one_line_says_so() =>
        await AssertFailsAsync("Node.js 20 or newer is needed to build the page: none was found. Install it together with npm.");

    [Fact]
    public async Task With_an_old_Node_one_line_says_which() =>
        await AssertFailsAsync("Node.js 20 or newer is needed to build the page: v18.20.1 was found. Install it together with npm.", "v18.20.1");

    [Fact]
    public async Task With_Node_but_without_npm_one_line_says_so() =>
        await AssertFailsAsync("npm is needed to build the page: Node.js v22.1.0 was found without it. Install the npm that comes with Node.js.", "v22.1.0");

    private static async Task AssertFailsAsync(string line, string? node = null)
    {
        using var path = new TemporaryDirectory();
        File.CreateSymbolicLink(Path.Combine(path, "sh"), Executables.Find("sh")!);
        if (node is not null)
        {
            var program = Path.Combine(path, "node");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\necho {node}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var result = await Repository.RunAsync(
            Repository.Root,
            Executables.Find("dotnet")!,
            ["msbuild", "TelemetryFunctions/web/Web.targets", "-t:BuildWeb", $"-p:WebManifest={path.Path}/manifest.json", "-nologo", "-nodeReuse:false"],
            new Dictionary<string, string> { ["PATH"] = path });

        Assert.Equal(1, result.ExitCode);
        var error = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith($": error : {line}", error.TrimEnd(), StringComparison.Ordinal);
    }
}
