using System.Net;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class RoutingTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await TestHost.StartAsync(typeof(RootFunctions), typeof(ItemFunctions));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Functions_share_the_root_by_method()
    {
        Assert.Equal("got /", await _host.Client.GetStringAsync(""));

        using var posted = await _host.Client.PostAsync("", new StringContent("123"));
        Assert.Equal("posted 3", await posted.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_is_answered_where_a_function_lists_it()
    {
        using var listed = await _host.SendAsync("HEAD", "/");
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal(5, listed.Content.Headers.ContentLength);
        Assert.Empty(await listed.Content.ReadAsByteArrayAsync());

        using var unlisted = await _host.SendAsync("HEAD", "/items/1");
        Assert.Equal(HttpStatusCode.NotFound, unlisted.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "/", HttpStatusCode.NoContent)]
    [InlineData("OPTIONS", "/", HttpStatusCode.NoContent)]
    [InlineData("POST", "/items/1", HttpStatusCode.NotFound)]
    [InlineData("OPTIONS", "/items/1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/unknown", HttpStatusCode.NotFound)]
    [InlineData("POST", "/unknown/deep", HttpStatusCode.NotFound)]
    public async Task What_no_function_lists_is_answered_as_by_the_Functions_host(
        string method, string path, HttpStatusCode expected)
    {
        using var response = await _host.SendAsync(method, path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(response.Content.Headers.Allow);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/items/42", "GET 42")]
    [InlineData("/ITEMS/-7", "GET -7")]
    [InlineData("/pages", "GET none")]
    [InlineData("/pages/3", "GET 3")]
    [InlineData("/tree", "null")]
    [InlineData("/tree/", "null")]
    [InlineData("/tree/a/b", "a/b")]
    [InlineData("/tree/a%2Fb%20c", "a%2Fb c")]
    [InlineData("/unrouted", "GET")]
    public async Task Route_values_bind_by_name_and_type(string path, string expected) =>
        Assert.Equal(expected, await _host.Client.GetStringAsync(path));

    [Theory]
    [InlineData("/items/4x")]
    [InlineData("/items/99999999999")]
    [InlineData("/items/")]
    [InlineData("/pages/x")]
    public async Task A_route_value_of_another_type_is_not_found(string path)
    {
        using var response = await _host.SendAsync("GET", path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_function_without_methods_takes_them_all()
    {
        using var response = await _host.SendAsync("PATCH", "/Unrouted");

        Assert.Equal("PATCH", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Of_two_routes_for_a_path_the_function_whose_name_sorts_first_gets_it()
    {
        await using var host = await TestHost.StartAsync(typeof(RivalFunctions));

        Assert.Equal("general rival", await host.Client.GetStringAsync("/rival"));
    }
}
