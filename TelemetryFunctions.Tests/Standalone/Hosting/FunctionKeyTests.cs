using System.Net;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class FunctionKeyTests
{
    [Theory]
    [InlineData("/keyed", "s3cret", HttpStatusCode.OK)]
    [InlineData("/keyed?code=s3cret", null, HttpStatusCode.OK)]
    [InlineData("/keyed", null, HttpStatusCode.Unauthorized)]
    [InlineData("/keyed", "S3cret", HttpStatusCode.Unauthorized)]
    [InlineData("/keyed?code=s3cretly", null, HttpStatusCode.Unauthorized)]
    [InlineData("/keyed?code=", null, HttpStatusCode.Unauthorized)]
    public async Task A_keyed_function_wants_the_key_in_header_or_query(
        string path, string? header, HttpStatusCode expected) =>
        Assert.Equal(expected, await AskAsync(path, header, "Standalone:FunctionKey=s3cret"));

    [Theory]
    [InlineData("/keyed", null)]
    [InlineData("/keyed", "")]
    [InlineData("/keyed?code=", null)]
    public async Task Without_a_key_setting_nothing_opens_it(string path, string? header)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(path, header));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(path, header, "Standalone:FunctionKey="));
    }

    private static async Task<HttpStatusCode> AskAsync(string path, string? header, params string[] settings)
    {
        await using var host = await TestHost.StartAsync(TestHost.CreateBuilder(settings), typeof(KeyedFunctions));
        using var response = header is null
            ? await host.SendAsync("GET", path)
            : await host.SendAsync("GET", path, ("x-functions-key", header));
        Assert.Equal(response.IsSuccessStatusCode ? "open /keyed" : "", await response.Content.ReadAsStringAsync());
        return response.StatusCode;
    }
}
