using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>Kestrel on a free port of 127.0.0.1, without any configuration that the machine or the test run might bring.</summary>
internal static class LoopbackServer
{
    /// <summary>
    /// The real host's limit:
    /// <see href="https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits"/>.
    /// </summary>
    private const long MaxRequestBodySize = 104_857_600;

    public static WebApplication Build(HttpProtocols protocols, Action<IServiceCollection> addServices)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = protocols is HttpProtocols.Http2 ? null : MaxRequestBodySize;
            kestrel.Listen(IPAddress.Loopback, port: 0, endpoint => endpoint.Protocols = protocols);
        });
        builder.Services.AddRouting();
        addServices(builder.Services);
        return builder.Build();
    }

    public static Uri Address(this WebApplication server) => new(server.Urls.Single());
}
