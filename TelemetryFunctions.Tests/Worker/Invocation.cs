namespace TelemetryFunctions.Tests.Worker;

/// <summary>How the worker says that a run ended.</summary>
public enum InvocationStatus
{
    Failed,
    Succeeded,
    Cancelled,
}

/// <summary>The end of a run; the error is what the function threw.</summary>
public sealed record InvocationResult(InvocationStatus Status, string? Error);

/// <summary>A run of a function that the worker has been asked for.</summary>
public sealed class Invocation(string id, string functionName, Task<InvocationResult> result, Action cancel)
{
    public string Id { get; } = id;

    public string FunctionName { get; } = functionName;

    /// <summary>Ends with the worker's answer, also where a client no longer waits for it.</summary>
    public Task<InvocationResult> Result { get; } = result;

    /// <summary>Asks the worker to cancel, as the host does when it stops or the function has run for too long.</summary>
    public void Cancel() => cancel();
}
