using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>The key that opens functions of <see cref="AuthorizationLevel.Function"/>.</summary>
/// <param name="key">The key; where it is not set, nothing opens them.</param>
internal sealed class FunctionKey(string? key)
{
    public const string Setting = "Standalone:FunctionKey";

    private readonly AccessKey _key = new(key);

    public RequestDelegate Guard(RequestDelegate next) => context =>
    {
        if (IsOpenedBy(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };

    private bool IsOpenedBy(HttpRequest request) => _key.IsOpenedBy(
        request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString());
}
