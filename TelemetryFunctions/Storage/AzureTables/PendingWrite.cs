namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>A caller's rows, which are written together, and the caller that waits for them.</summary>
internal sealed class PendingWrite(IReadOnlyList<Row> rows, DateTimeOffset? notAfter, CancellationToken cancellation)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Row> Rows { get; } = rows;

    public DateTimeOffset? NotAfter { get; } = notAfter;

    /// <summary>True where the caller no longer waits.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Abandon() => _done.TrySetCanceled(cancellation);

    public void Fail(Exception error) => _done.TrySetException(error);
}
