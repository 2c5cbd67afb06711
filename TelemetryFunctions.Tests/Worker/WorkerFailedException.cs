namespace TelemetryFunctions.Tests.Worker;

/// <summary>The worker ended, did not answer in time, or answered that it failed.</summary>
public sealed class WorkerFailedException : Exception
{
    public WorkerFailedException()
    {
    }

    public WorkerFailedException(string message)
        : base(message)
    {
    }

    public WorkerFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
