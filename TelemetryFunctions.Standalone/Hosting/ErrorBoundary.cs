using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Turns what a function throws into an empty response and a line in the log.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    public static void Use(IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILogger<ErrorBoundary>>();
        app.Use(next => new ErrorBoundary(next, logger).InvokeAsync);
    }

    // A broken connection can throw before RequestAborted is cancelled.
    private static bool IsClientGone(HttpContext context, Exception error) =>
        error is ConnectionResetException or ConnectionAbortedException
        || (error is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    private async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);

            if (context.RequestAborted.IsCancellationRequested)
                await EndAsync(context);
        }
        catch (Exception error) when (IsClientGone(context, error))
        {
            await EndAsync(context);
        }
        catch (BadHttpRequestException error)
        {
            // The request itself is broken or too large, which shows only once the function reads the body.
            Answer(context, error.StatusCode);
        }
        catch (Exception error)
        {
            // The name only: a path can hold what identifies a client.
            Log.FunctionFailed(logger, error, context.GetEndpoint()?.DisplayName);
            Answer(context, StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>Ends the connection of a client that is gone.</summary>
    private static async Task EndAsync(HttpContext context)
    {
        if (!context.Response.HasStarted && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // Nobody reads it, but only the head of an answer tells Kestrel not to look for a next request behind half a body, and to
            // warn that it can't.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            context.Response.Headers.Connection = "close";
            await context.Response.StartAsync(CancellationToken.None);
        }

        context.Abort();
    }

    private static void Answer(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not pass for a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Function {Function} failed")]
        public static partial void FunctionFailed(ILogger logger, Exception error, string? function);
    }
}
