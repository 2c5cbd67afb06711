using System.Text.Json;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>
/// The project that azd and Core Tools publish, run with a stand-in for the app that writes down how it was published:
/// the official packages of the azure build can't be restored from every registry.
/// </summary>
public sealed class PackageTests : IDisposable
{
    private const string StandIn = """
        <Project>
          <Target Name="Restore" />
          <Target Name="Publish">
            <MakeDir Directories="$(PublishDir)" />
            <WriteLinesToFile File="$(PublishDir)published.txt" Lines="$(FunctionsHost) $(Configuration)" Overwrite="true" />
            <WriteLinesToFile File="$(PublishDir)functions.metadata" Lines="[]" Condition="'$(WithoutMetadata)' == ''" />
          </Target>
        </Project>
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("package").FullName;

    public PackageTests() => File.WriteAllText(App, StandIn);

    private string App => Path.Combine(_directory, "App.csproj");

    private string Output => Path.Combine(_directory, "output");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_azd_publishes_is_the_azure_build_whatever_the_shell_says()
    {
        var result = await PublishAsync(new Dictionary<string, string> { ["FunctionsHost"] = "standalone" });

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal("azure Release", (await File.ReadAllTextAsync(Path.Combine(Output, "published.txt"))).Trim());
    }

    [Fact]
    public async Task A_package_without_functions_metadata_is_refused_with_one_line_that_says_so()
    {
        var result = await PublishAsync(new Dictionary<string, string> { ["WithoutMetadata"] = "true" });

        Assert.NotEqual(0, result.ExitCode);
        var errors = result.Output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal));
        Assert.Contains("has no functions.metadata", Assert.Single(errors.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_for_azure_carries_no_local_settings()
    {
        var result = await PublishAsync([]);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.False(File.Exists(Path.Combine(Output, "local.settings.json")));
    }

    [Fact]
    public async Task A_folder_for_Core_Tools_gets_the_sample_settings_once()
    {
        var first = await BuildLocalAsync();
        Assert.True(first.ExitCode == 0, first.Output);
        var settings = Path.Combine(Output, "local.settings.json");
        Assert.Equal(Repository.Read("local.settings.sample.json"), await File.ReadAllTextAsync(settings));

        await File.WriteAllTextAsync(settings, "{ \"mine\": true }");
        var second = await BuildLocalAsync();

        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Equal("{ \"mine\": true }", await File.ReadAllTextAsync(settings));
        Assert.Equal("azure Release", (await File.ReadAllTextAsync(Path.Combine(Output, "published.txt"))).Trim());
    }

    [Fact]
    public void Azd_publishes_that_project()
    {
        const string key = "project: ";
        var line = Repository.Read("azure.yaml").Split('\n').Select(text => text.Trim())
            .Single(text => text.StartsWith(key, StringComparison.Ordinal));

        // azd takes the one file *.*proj of the folder.
        Assert.Single(Directory.GetFiles(Repository.PathOf(line[key.Length..]), "*.*proj"));
    }

    [Fact]
    public void The_sample_settings_are_a_development_site_on_Azurite()
    {
        var values = JsonDocument.Parse(Repository.Read("local.settings.sample.json")).RootElement.GetProperty("Values");

        Assert.Equal("UseDevelopmentStorage=true", values.GetProperty("AzureWebJobsStorage").GetString());
        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
        Assert.Equal("true", values.GetProperty("AzureWebJobsDisableHomepage").GetString());
        Assert.Equal("Development", values.GetProperty("AZURE_FUNCTIONS_ENVIRONMENT").GetString());
        // Core Tools refuses a value that is not a string.
        Assert.All(values.EnumerateObject(), value => Assert.Equal(JsonValueKind.String, value.Value.ValueKind));
    }

    private Task<CommandResult> PublishAsync(Dictionary<string, string> environment) => Repository.RunAsync(
        Repository.Root,
        "dotnet",
        ["publish", Repository.PathOf("infra", "package"), "-c", "Release", "--output", Output, $"-p:App={App}"],
        environment);

    private Task<CommandResult> BuildLocalAsync() => Repository.RunAsync(
        Repository.Root,
        "dotnet",
        ["build", Repository.PathOf("infra", "package"), "-t:Local", $"-p:App={App}", $"-p:LocalDirectory={Output}"]);
}
