using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Grpc.Core;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The host's end of the one stream on which it and the worker talk.</summary>
internal sealed class WorkerChannel : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _questions = new();
    private readonly ConcurrentDictionary<string, Invocation> _running = new();
    private readonly ConcurrentQueue<WorkerLog> _logs = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<WorkerLog> Logs => _logs;

    public IReadOnlyCollection<Invocation> Running => [.. _running.Values];

    public Task ConnectedAsync() => OrFailureAsync(_connected.Task);

    public void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>
    /// Sends a request and waits for its answer, or for the worker's end. The real host goes by the kind of the answer;
    /// the worker repeats the request's id, which is simpler to follow.
    /// </summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request)
    {
        request.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[request.RequestId] = answer;
        Send(request);
        await OrFailureAsync(answer.Task);
        return await answer.Task;
    }

    /// <summary>Starts a run. A cancelled token cancels the run, but the run only ends with the worker's answer.</summary>
    public Invocation Invoke(HostedFunction function, InvocationRequest request, CancellationToken cancellation)
    {
        request.FunctionId = function.Id;
        request.TraceContext = new() { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" };
        var result = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var invocation = new Invocation(request.InvocationId, function.Name, result.Task, () => Send(new()
        {
            InvocationCancel = new() { InvocationId = request.InvocationId },
        }));
        _running[invocation.Id] = invocation;
        _ = FinishAsync(invocation, AskAsync(new() { InvocationRequest = request }), result, cancellation);
        return invocation;
    }

    public void Fail(Exception reason) => _failure.TrySetResult(reason);

    public void ThrowIfFailed()
    {
        if (_failure.Task.IsCompletedSuccessfully)
            throw _failure.Task.Result;
    }

    public override Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context) =>
        Task.WhenAny(
            ReadAsync(requestStream, context.CancellationToken),
            WriteAsync(responseStream, context.CancellationToken));

    private async Task ReadAsync(IAsyncStreamReader<StreamingMessage> stream, CancellationToken cancellation)
    {
        await foreach (var message in stream.ReadAllAsync(cancellation))
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.RpcLog:
                    _logs.Enqueue(WorkerLog.From(message.RpcLog));
                    break;
                case StreamingMessage.ContentOneofCase.StartStream:
                    _connected.TrySetResult();
                    break;
                default:
                    if (_questions.TryRemove(message.RequestId, out var answer))
                        answer.TrySetResult(message);

                    break;
            }
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellation)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellation))
        {
            await stream.WriteAsync(message, cancellation);
        }
    }

    private async Task FinishAsync(
        Invocation invocation,
        Task<StreamingMessage> answer,
        TaskCompletionSource<InvocationResult> result,
        CancellationToken cancellation)
    {
        using var cancelling = cancellation.Register(invocation.Cancel);
        try
        {
            var status = (await answer).InvocationResponse.Result;
            _running.TryRemove(invocation.Id, out _);
            result.SetResult(new((InvocationStatus)status.Status, status.Exception?.Message));
        }
        catch (WorkerFailedException exception)
        {
            _running.TryRemove(invocation.Id, out _);
            result.SetException(exception);
        }
    }

    private async Task OrFailureAsync(Task task)
    {
        await Task.WhenAny(task, _failure.Task);
        if (!task.IsCompleted)
            ThrowIfFailed();
    }
}
