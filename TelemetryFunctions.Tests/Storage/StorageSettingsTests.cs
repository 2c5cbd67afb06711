using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>What somebody reads who starts the service with a store that can't be used.</summary>
public sealed class StorageSettingsTests
{
    private const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    [Theory]
    [InlineData(Key)]
    [InlineData($"AccountKey={Key}")]
    [InlineData($"AccountName=acme;AccountKey=*{Key}")]
    [InlineData($"AccountName=acme;AccountKey={Key};TableEndpoint=ftp://127.0.0.1/")]
    [InlineData($"AccountName=acme;AccountKey={Key};TableEndpoint=http://{Key}")]
    [InlineData($"UseDevelopmentStorage=yes;AccountKey={Key}")]
    public async Task An_unusable_connection_string_is_one_line_that_does_not_repeat_the_key(string text)
    {
        var result = await StartAsync(("AzureWebJobsStorage", text));

        AssertOneLine(result, "AzureWebJobsStorage is not a usable connection string");
        Assert.DoesNotContain("c2VjcmV0", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("/acme")]
    [InlineData("http://acme.table.core.windows.net")]
    public async Task An_unusable_address_of_a_table_service_is_one_line(string text)
    {
        var result = await StartAsync(("AzureWebJobsStorage__tableServiceUri", text));

        AssertOneLine(result, $"AzureWebJobsStorage__tableServiceUri is \"{text}\"; it must be");
    }

    [Fact]
    public async Task A_table_service_that_is_not_there_is_one_line_that_says_how_to_start_Azurite()
    {
        var connectionString = $"AccountName=acme;AccountKey={Key};TableEndpoint=http://127.0.0.1:{AppProcess.FreePort()}/acme";

        var result = await StartAsync(("AzureWebJobsStorage", connectionString));

        AssertOneLine(result, "No table service answers at http://127.0.0.1:");
        Assert.Contains("npm --prefix TelemetryFunctions.Tests run azurite", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> StartAsync(params (string Name, string Value)[] settings) => Repository.RunAsync(
        AppContext.BaseDirectory,
        "dotnet",
        [typeof(StorageServices).Assembly.Location, "--urls=http://127.0.0.1:0"],
        settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    private static void AssertOneLine(CommandResult result, string start)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(start, result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Empty(result.Output);
    }
}
