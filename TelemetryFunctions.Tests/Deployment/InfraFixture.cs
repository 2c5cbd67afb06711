using System.Text.Json;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary><c>infra/</c> compiled once, and two sites that are deployed from it.</summary>
public sealed partial class InfraFixture : IAsyncLifetime
{
    private HashSet<string> _integers = [];

    internal static string Main { get; } = Repository.PathOf("infra", "main.bicep");

    internal Bicep Bicep { get; } = new();

    /// <summary>What the compiler answered: the template, and beside it any warning.</summary>
    internal CommandResult Build { get; private set; } = null!;

    /// <summary>A site of which nothing is chosen but name and region.</summary>
    internal DeployedSite Production { get; private set; } = null!;

    /// <summary>A site of which everything is chosen; its environment has the longest name that is allowed.</summary>
    internal DeployedSite Development { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Bicep.WhyMissing is not null)
            return;

        Build = await Bicep.RunAsync("build", Main, "--no-restore", "--stdout");
        if (Build.ExitCode != 0)
            throw new InvalidOperationException(Build.Error);
        using var template = JsonDocument.Parse(Build.Output);
        _integers = template.RootElement.GetProperty("parameters").EnumerateObject()
            .Where(parameter => parameter.Value.GetProperty("type").GetString() == "int")
            .Select(parameter => parameter.Name).ToHashSet();

        Production = await DeployAsync("AZURE_ENV_NAME=production", "AZURE_LOCATION=northeurope");
        Development = await DeployAsync(
            $"AZURE_ENV_NAME={new string('d', 64)}", "AZURE_LOCATION=northeurope", "TELEMETRY_ENVIRONMENT=Development",
            "TELEMETRY_ACCEPT_PRERELEASES=true", "TELEMETRY_OPERATIONS_KEY_SECRET_URI=https://vault.example.org/secrets/operations", "TELEMETRY_RELAY_KEY_SECRET_URI=https://vault.example.org/secrets/relay", "TELEMETRY_MINIMUM_AGE_DAYS=0", "TELEMETRY_MINIMUM_LABEL_SYSTEMS=1",
            "TELEMETRY_RAW_RETENTION_DAYS=14", "TELEMETRY_MAXIMUM_INSTANCES=2", "TELEMETRY_INSTANCE_MEMORY_MB=512",
            "TELEMETRY_STORAGE_SKU=Standard_ZRS");
    }

    public Task DisposeAsync()
    {
        Bicep.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What <c>azd provision</c> would deploy from an environment with these values, or the error.</summary>
    internal async Task<DeployedSite> DeployAsync(params string[] environment)
    {
        var directory = Bicep.NewDirectory();
        var parameters = Path.Combine(directory, "main.bicepparam");
        await File.WriteAllLinesAsync(
            parameters, [$"using '{Path.GetRelativePath(directory, Main)}'", .. Assignments(environment)]);

        var result = await Bicep.RunAsync(
            "snapshot", parameters, "--subscription-id", $"{Guid.Empty}", "--location", "northeurope");
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.Error);
        var snapshot = await File.ReadAllTextAsync(Path.Combine(directory, "main.snapshot.json"));
        return new DeployedSite(JsonDocument.Parse(snapshot).RootElement);
    }

    // As azd does it: ${NAME} and ${NAME=default}, numbers where the parameter is one, and empty text left to the
    // parameter's own default.
    private IEnumerable<string> Assignments(string[] environment)
    {
        var values = environment.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        using var file = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json"));
        foreach (var parameter in file.RootElement.GetProperty("parameters").EnumerateObject())
        {
            var value = Variable().Replace(
                parameter.Value.GetProperty("value").GetString()!,
                match => values.GetValueOrDefault(match.Groups["name"].Value, match.Groups["default"].Value));
            if (value.Length > 0)
                yield return $"param {parameter.Name} = {(_integers.Contains(parameter.Name) ? value : $"'{value}'")}";
        }
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)(=(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}

/// <summary>The classes that share what was compiled.</summary>
[CollectionDefinition(Name)]
public sealed class InfraCollection : ICollectionFixture<InfraFixture>
{
    public const string Name = "infra";
}
