using System.Text.RegularExpressions;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>What can be set is what docs/deploying.md says can be set.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Deploying = Repository.Read("docs", "deploying.md");

    [Fact]
    public void Every_value_of_an_azd_environment_is_documented_and_every_documented_one_is_read()
    {
        var read = Variable().Matches(Repository.Read("infra", "main.parameters.json"))
            .Select(match => match.Groups["name"].Value)
            .Where(name => name.StartsWith("TELEMETRY_", StringComparison.Ordinal)).ToHashSet();
        var documented = DocumentedVariable().Matches(Deploying).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(read);
        Assert.Equal(read.Order(), documented.Order());
    }

    [Fact]
    public void Every_Telemetry_setting_that_a_deployment_writes_is_documented()
    {
        string[] files =
            ["infra/app/app.bicep", "local.settings.sample.json", "Dockerfile", "infra/systemd/telemetry-functions.service"];
        var written = files.SelectMany(file => Setting().Matches(Repository.Read(file.Split('/'))))
            .Select(match => match.Value).ToHashSet();

        Assert.Equal(7, written.Count);
        Assert.All(written, name => Assert.Contains($"`{name}`", Deploying, StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_copies_only_what_its_context_has()
    {
        var context = Repository.Read(".dockerignore").Split('\n')
            .Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        Assert.All(context, path => Assert.True(Path.Exists(Repository.PathOf(path)), path));

        var copied = Repository.Read("Dockerfile").Split('\n')
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).Where(path => path != ".").ToArray();
        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.Contains(
            context, entry => path == entry || path.StartsWith(entry + "/", StringComparison.Ordinal)));
        Assert.All(copied, path => Assert.True(File.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void The_image_restores_every_project_that_the_standalone_host_refers_to()
    {
        var references = Reference().Matches(Repository.Read("TelemetryFunctions.Standalone", "TelemetryFunctions.Standalone.csproj"))
            .Select(match => match.Groups["path"].Value).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, path => Assert.Contains(
            $"COPY {path} ", Repository.Read("Dockerfile"), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\bTELEMETRY_[A-Z_]+\b")]
    private static partial Regex DocumentedVariable();

    [GeneratedRegex(@"\bTelemetry__\w+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"<ProjectReference Include=""\.\./(?<path>[^""]+)""")]
    private static partial Regex Reference();
}
