using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

/// <summary>A running host for function classes of a test, and a client for it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;

    public TestHost(IHost host)
    {
        _host = host;
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>A builder with its settings as <c>key=value</c>.</summary>
    public static WebApplicationBuilder CreateBuilder(params string[] settings)
    {
        var builder = StandaloneHost.CreateBuilder([.. settings.Prepend("urls=http://127.0.0.1:0").Select(setting => "--" + setting)]);
        builder.Logging.ClearProviders();
        return builder;
    }

    public static async Task<TestHost> StartAsync(WebApplicationBuilder builder, params Type[] functions)
    {
        var host = builder.BuildHost(functions);
        await host.StartAsync();
        return new TestHost(host);
    }

    public static Task<TestHost> StartAsync(params Type[] functions) => StartAsync(CreateBuilder(), functions);

    /// <summary>Sends a request whose path goes out as it is written.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
