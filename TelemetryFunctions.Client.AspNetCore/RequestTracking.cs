using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using TelemetryFunctions.Client.Events;

namespace TelemetryFunctions.Client.AspNetCore;

/// <summary>Tracks requests. What clients choose, the path and the query above all, never becomes part of an event.</summary>
internal sealed class RequestTracking(RequestDelegate next, IEventTracker tracker, TimeProvider? clock = null)
{
    /// <summary>The route of a request that none takes.</summary>
    private const string NoRoute = "(none)";

    /// <summary>A method of the client's own making, as OpenTelemetry names it.</summary>
    private const string OtherMethod = "_OTHER";

    private const int ClientHungUp = 499;

    private static readonly string[] Methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Patch, HttpMethods.Head, HttpMethods.Options, HttpMethods.Trace,
        HttpMethods.Connect,
    ];

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    public async Task InvokeAsync(HttpContext context)
    {
        var start = _clock.GetTimestamp();
        // Where routing ran before this, the endpoint is known now, and a handler of errors may put its own in its place later.
        var endpoint = context.GetEndpoint();
        int? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            failure = e is OperationCanceledException && context.RequestAborted.IsCancellationRequested ? ClientHungUp : StatusCodes.Status500InternalServerError;
            throw;
        }
        finally
        {
            Track(context, endpoint ?? context.GetEndpoint(), failure ?? context.Response.StatusCode, _clock.GetElapsedTime(start));
        }
    }

    private void Track(HttpContext context, Endpoint? endpoint, int status, TimeSpan latency)
    {
        if (status == StatusCodes.Status101SwitchingProtocols || endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null)
            return;
        tracker.Track(new Event
        {
            ApiRequest = new ApiRequest
            {
                Route = Template(endpoint),
                Method = Array.Find(Methods, method => HttpMethods.Equals(method, context.Request.Method)) ?? OtherMethod,
                Status = (uint)status,
                LatencyMs = latency.TotalMilliseconds,
            },
        });
    }

    private static string Template(Endpoint? endpoint)
    {
        var template = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        return template is null ? NoRoute : template.StartsWith('/') ? template : "/" + template;
    }
}
