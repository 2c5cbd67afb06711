using System.Text.Json;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>What azd and Core Tools deploy: the published function app.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class PackageTests(PublishedApp app)
{
    [Fact]
    public void It_lists_every_function_for_the_host()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(app.PathOf("functions.metadata")));
        var listed = metadata.RootElement.EnumerateArray().Select(function => function.GetProperty("name").GetString()!);

        Assert.Equal(AppFunctions.Names.Order(), listed.Order());
    }

    [Fact]
    public void It_has_what_the_host_reads_and_nothing_that_it_has_no_use_for()
    {
        Assert.All(["host.json", "worker.config.json", "extensions.json"], file => Assert.True(File.Exists(app.PathOf(file)), file));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(app.Directory, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            file => file!.Contains("sqlite", StringComparison.OrdinalIgnoreCase)
                || file.Contains("Standalone", StringComparison.Ordinal)
                || file == "local.settings.json");
    }

    [Fact]
    public void Azd_publishes_the_app()
    {
        const string key = "project: ";
        var line = Repository.Read("azure.yaml").Split('\n').Select(text => text.Trim())
            .Single(text => text.StartsWith(key, StringComparison.Ordinal));

        Assert.Equal(Repository.PathOf("TelemetryFunctions"), Path.GetFullPath(Repository.PathOf(line[key.Length..])));
    }

    [Fact]
    public async Task What_runs_on_one_machine_has_nothing_that_only_the_functions_host_reads()
    {
        string[] files = ["functions.metadata", "extensions.json", "worker.config.json", ".azurefunctions"];
        using var published = new TemporaryDirectory();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var result = await Repository.RunAsync(
            Repository.Root, "dotnet", ["publish", "TelemetryFunctions.Standalone", "--no-build", "-c", configuration, "--output", published, "--nologo"]);
        var built = Repository.PathOf("TelemetryFunctions.Standalone", "bin", configuration, "net10.0");

        Assert.True(result.ExitCode == 0, result.Output);
        foreach (var output in (string[])[built, published])
        {
            Assert.All(files, file => Assert.False(Path.Exists(Path.Combine(output, file)), file));
            Assert.All(["host.json", "TelemetryFunctions.Standalone.dll"], file => Assert.True(File.Exists(Path.Combine(output, file)), file));
        }
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
}
