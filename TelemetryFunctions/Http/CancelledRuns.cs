using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TelemetryFunctions.Http;

/// <summary>
/// Ends a run quietly that the Functions host cancelled, because it stops, the run took too long, or the client hung up. Left to
/// itself the exception is logged as a failure, three times.
/// </summary>
internal sealed class CancelledRuns : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // For a client that still waits. What a timer left undone is done by its next run.
            if (context.GetHttpContext() is not null)
                context.GetInvocationResult().Value = Answers.Unavailable("The service stopped before this was done. Send the same request again later.");
        }
    }
}
