using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Worker;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The function app as <c>dotnet publish</c> makes it, made once for all tests.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("published-").FullName;

    public string PathOf(string file) => Path.Combine(Directory, file);

    /// <summary>Runs it as the Functions host does.</summary>
    public Task<HostStandIn> StartAsync(string? storage, params IEnumerable<KeyValuePair<string, string>> settings) =>
        HostStandIn.StartAsync(new HostStandInOptions(PathOf("TelemetryFunctions.dll"))
        {
            Settings = new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            {
                ["AzureWebJobsStorage"] = storage,
            },
        });

    public async Task InitializeAsync()
    {
        var result = await Repository.RunAsync(
            Repository.Root, "dotnet", ["publish", "TelemetryFunctions", "-c", "Release", "--output", Directory, "--nologo"]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"The app can't be published: {result.Output}{result.Error}");
    }

    public Task DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>Tests that share one published app.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedAppCollection : ICollectionFixture<PublishedApp>
{
    public const string Name = "Published app";
}
