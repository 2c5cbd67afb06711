using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Tests.Worker.Messages;
using Yarp.ReverseProxy.Forwarder;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>
/// Runs an HTTP function as the host does: the request itself goes to the worker's HTTP endpoint through YARP, the run
/// is asked for on the stream, and the worker brings the two together by the id of the run.
/// </summary>
internal sealed class HttpFunctionInvoker(
    WorkerChannel channel,
    IHttpForwarder forwarder,
    Uri workerAddress,
    string? functionKey) : IDisposable
{
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _worker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    });

    public async Task InvokeAsync(HostedFunction function, HttpContext context)
    {
        if (!IsAllowed(function.Trigger, context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var request = new InvocationRequest()
        {
            InvocationId = Guid.NewGuid().ToString(),
            InputData = { new ParameterBinding { Name = function.Trigger.Name, Data = new() { Http = new() } } },
            TriggerMetadata = { await TriggerMetadata.ReadAsync(context.Request) },
        };
        context.Request.Headers["x-ms-invocation-id"] = request.InvocationId;

        var forwarding = forwarder
            .SendAsync(context, workerAddress.AbsoluteUri, _worker, Forwarding)
            .AsTask();
        var invocation = channel.Invoke(function, request, context.RequestAborted);
        await Task.WhenAll(forwarding, invocation.Result);
        EnsureSuccess(function, await forwarding, await invocation.Result);
    }

    public void Dispose() => _worker.Dispose();

    private bool IsAllowed(FunctionBinding trigger, HttpRequest request) => trigger.AuthLevel?.ToUpperInvariant() switch
    {
        "ANONYMOUS" => true,
        "FUNCTION" or null => functionKey is not null
            && (request.Headers["x-functions-key"] == functionKey || request.Query["code"] == functionKey),
        _ => false,
    };

    /// <summary>
    /// The worker answers an empty 200 for a function that threw. It only becomes a 500 because nothing of it has gone
    /// out to the client by the time the host learns of the failure.
    /// </summary>
    private static void EnsureSuccess(HostedFunction function, ForwarderError forwarding, InvocationResult result)
    {
        if (forwarding is not ForwarderError.None || result.Status is not InvocationStatus.Succeeded)
        {
            throw new WorkerFailedException($"{function.Name} failed. Forwarding: {forwarding}; run: {result.Status} {result.Error}");
        }
    }
}
