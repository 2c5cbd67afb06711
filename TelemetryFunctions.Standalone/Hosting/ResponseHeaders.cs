using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Adds the headers of host.json to every response; what the app has set stays.</summary>
internal sealed class ResponseHeaders(HostFile hostFile)
{
    public static void Use(IApplicationBuilder app, HostFile hostFile)
    {
        // When the response starts, because a failed function's headers are cleared before that.
        var headers = new ResponseHeaders(hostFile);
        Func<object, Task> add = headers.Add;
        app.Use(next => context =>
        {
            context.Response.OnStarting(add, context);
            return next(context);
        });
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        foreach (var (name, value) in hostFile.CustomHeaders)
            headers.TryAdd(name, value);

        if (hostFile.StrictTransportSecurity is { } hsts
            && context.Request.IsHttps
            && !IsLoopback(context.Request.Host.Host))
        {
            headers.TryAdd("Strict-Transport-Security", hsts);
        }

        return Task.CompletedTask;
    }
}
