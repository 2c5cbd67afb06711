using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Demo;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The whole service in this process, with a store of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _data;

    private Site(IHost host, DirectoryInfo data)
    {
        (_host, _data) = (host, data);
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    public Uri At(string path) => new(Client.BaseAddress!, path);

    /// <summary>Starts a site; with days of demo where <paramref name="demo"/> is set, of a product's own catalogue where there is one, and with more settings.</summary>
    public static async Task<Site> StartAsync(string environment, int? demo = null, string? metrics = null, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("telemetry-page-");
        string[] args =
        [
            "--urls=http://127.0.0.1:0",
            $"--AZURE_FUNCTIONS_ENVIRONMENT={environment}",
            $"--Telemetry:DataDirectory={data.FullName}",
            .. metrics is null ? (string[])[] : [$"--Telemetry:MetricsFile={metrics}"],
            .. settings,
        ];
        var builder = ServeCommand.CreateBuilder(args);
        builder.Logging.ClearProviders();
        if (demo is not null)
            builder.AddDemo();

        var host = ServeCommand.Build(builder);
        await host.OpenStoreAsync();
        if (demo is { } days)
            await host.FillWithDemoAsync(days);
        await host.StartAsync();
        return new Site(host, data);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _data.Delete(recursive: true);
    }
}
