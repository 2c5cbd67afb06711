using System.Collections.Frozen;
using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TelemetryFunctions.Http.Limits;

/// <summary>Applies <see cref="WriteLimit"/> in the function app, whose pipeline has no place for ASP.NET's rate limiter.</summary>
internal sealed class LimitedWrites(WriteLimit limit) : IFunctionsWorkerMiddleware, IDisposable
{
    private static readonly FrozenSet<string> Limited =
    [
        .. from type in typeof(LimitedWrites).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<EnableRateLimitingAttribute>() is { PolicyName: WriteLimit.Policy }
           select method.GetCustomAttribute<FunctionAttribute>()!.Name,
    ];

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, UInt128>(limit.GetPartition);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!Limited.Contains(context.FunctionDefinition.Name) || context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        using var lease = _limiter.AttemptAcquire(http);
        if (lease.IsAcquired)
            await next(context);
        else
            context.GetInvocationResult().Value = limit.Refuse(lease);
    }

    public void Dispose() => _limiter.Dispose();
}
