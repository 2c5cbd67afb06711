using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

#pragma warning disable CA1822 // Functions are instance methods, whether they use the instance or not.

public sealed class RootFunctions
{
    private const string Root = "{root:maxlength(0)?}";

    [Function("RootPost")]
    public IResult Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Root)] HttpRequest request) =>
        Results.Text("posted " + request.ContentLength);

    [Function("RootGet")]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Root)] HttpRequest request) =>
        Results.Text("got " + request.Path);
}

public sealed class ItemFunctions
{
    [Function("Item")]
    public IResult Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id}")] HttpRequest request, int id) =>
        Results.Text(request.Method + " " + id.ToString(CultureInfo.InvariantCulture));

    [Function("Page")]
    public IResult Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{number?}")] HttpRequest request,
        int? number) =>
        Results.Text(request.Method + " " + (number?.ToString(CultureInfo.InvariantCulture) ?? "none"));

    [Function("Tree")]
    public Task<IResult> Tree(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tree/{*id}")] HttpRequest request,
        string? id,
        CancellationToken cancellation) =>
        Task.FromResult(
            request.HttpContext.RequestAborted == cancellation ? Results.Text(id ?? "null") : Results.Conflict());

    [Function("Unrouted")]
    public Task Unrouted([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        request.HttpContext.Response.WriteAsync(request.Method);
}

/// <summary>Two functions for one path: the one whose name sorts first gets it.</summary>
public sealed class RivalFunctions
{
    [Function("B")]
    public IResult Specific([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rival")] HttpRequest request) =>
        Results.Text("specific " + request.Path);

    [Function("a")]
    public IResult General(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{name}")] HttpRequest request, string name) =>
        Results.Text("general " + name + request.QueryString);
}

public sealed class KeyedFunctions
{
    [Function("Keyed")]
    public IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", Route = "keyed")] HttpRequest request) =>
        Results.Text("open " + request.Path);
}

public sealed class FailingFunctions
{
    [Function("Fail")]
    public IResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Half"] = "done";
        throw new InvalidOperationException("broken");
    }
}

public sealed class HeaderFunctions
{
    [Function("Own")]
    public IResult Own([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "own")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Custom"] = "own";
        return Results.NoContent();
    }
}

public sealed class ConnectionFunctions
{
    [Function("Connection")]
    public IResult Connection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connection")] HttpRequest request) =>
        Results.Text($"{request.HttpContext.Connection.RemoteIpAddress} {request.Scheme} {request.Host.Host}{request.PathBase}");
}

/// <summary>Functions that tell the test how far they are.</summary>
public sealed class SlowFunctions(SlowFunctions.Gate gate)
{
    [Function("Slow")]
    public async Task<IResult> Slow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request,
        CancellationToken cancellation)
    {
        gate.Entered.TrySetResult();
        try
        {
            await gate.Opened.Task.WaitAsync(cancellation);
            return Results.Text("done " + request.Path);
        }
        finally
        {
            gate.Left.TrySetResult();
        }
    }

    [Function("Upload")]
    public async Task<IResult> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "upload")] HttpRequest request)
    {
        gate.Entered.TrySetResult();
        try
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.Ok();
        }
        finally
        {
            gate.Left.TrySetResult();
        }
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
