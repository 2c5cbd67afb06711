using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The published app on the real Functions host: what the stand-in of the other tests is held against.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class CoreToolsTests(PublishedApp app)
{
    [CoreToolsFact]
    public async Task Every_answer_is_that_of_the_standalone_host()
    {
        await using var azurite = new Azurite { IsWhole = true };
        await azurite.StartAsync();
        using var directory = new TemporaryDirectory();
        await using var tools = await CoreTools.StartAsync(app.Directory, azurite.NewAccount());
        using var standalone = await AppProcess.StartAsync(directory, [("AzureWebJobsStorage", azurite.NewAccount()), .. AppRequests.Settings]);

        await AppRequests.AssertSameAsync("the Functions host", tools.Client, standalone.Client);
    }
}
