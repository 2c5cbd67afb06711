namespace TelemetryFunctions.Storage;

/// <summary>How long a sender waits for the store, so that requests don't pile up while it is slow or away.</summary>
public static class StorePatience
{
    /// <summary>From the call until it is given up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Waits for a write until it is durable.</summary>
    /// <param name="write">The write; its token gives it up.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellation">Ends it sooner.</param>
    /// <exception cref="StoreUnavailableException">It is not known to be durable after <see cref="Limit"/>.</exception>
    public static async Task RunAsync(Func<CancellationToken, Task> write, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await write(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreUnavailableException($"The store did not answer within {Limit.TotalSeconds} s.", e);
        }
    }
}
