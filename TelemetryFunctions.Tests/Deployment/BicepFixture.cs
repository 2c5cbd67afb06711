using System.Text.Json;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>
/// Evaluates <c>infra/</c> with the grammar and the small evaluator beside this file. It finds syntax errors, names
/// that are not declared, parameters that are missing, unknown, unused or of a wrong type, and gives the resources
/// that would be sent. It does not know Azure's own types: whether a resource has such a property, or a region such
/// a plan, only the bicep compiler (run by the workflow) and a deployment can tell.
/// </summary>
public sealed class BicepFixture : IAsyncLifetime
{
    private readonly string _tool = Repository.PathOf("TelemetryFunctions.Tests", "Deployment", "bicep");

    public async Task InitializeAsync()
    {
        var node = new NodeFactAttribute();
        var installed = new FileInfo(Path.Combine(_tool, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(_tool, "package-lock.json"));
        if (node.Skip is not null || (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc))
            return;

        var install = await Repository.RunAsync(_tool, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci"]);
        if (install.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {_tool}: {install.Error}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What <c>azd provision</c> would deploy from an environment with these values, or the error.</summary>
    internal Task<DeployedSite> DeployAsync(params string[] environment) =>
        DeployFromAsync(Repository.PathOf("infra"), environment);

    /// <summary>The same, from a copy of <c>infra/</c>.</summary>
    internal async Task<DeployedSite> DeployFromAsync(string infra, params string[] environment)
    {
        var result = await Repository.RunAsync(_tool, "node", ["deploy.mjs", infra, .. environment]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.Error.Trim());
        return new DeployedSite(JsonDocument.Parse(result.Output).RootElement);
    }

    /// <summary>A site in production, with nothing chosen but its name and region.</summary>
    internal Task<DeployedSite> DeployProductionAsync() =>
        DeployAsync("AZURE_ENV_NAME=production", "AZURE_LOCATION=northeurope");
}
