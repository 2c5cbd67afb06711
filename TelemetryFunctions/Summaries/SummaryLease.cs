using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// The right to summarize a source, held by one runner at a time: 30 s in STATE, renewed every 10 s. Progress is
/// written through it, under the same ETag, so that a runner that lost it can't move progress any more.
/// </summary>
public sealed class SummaryLease : IAsyncDisposable
{
    /// <summary>How long a lease outlives its holder.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly string ThisProcess = Guid.NewGuid().ToString("n");

    private readonly SummaryProgressStore _store;
    private readonly TimeProvider _clock;
    private readonly string _source;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;
    private string _etag;

    private SummaryLease(
        SummaryProgressStore store, TimeProvider clock, string source, SummaryProgress progress, string etag, CancellationToken cancellation)
    {
        (_store, _clock, _source, _etag) = (store, clock, source, etag);
        Progress = progress;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _renewing = RenewAsync();
    }

    /// <summary>The source's progress as last written.</summary>
    public SummaryProgress Progress { get; private set; }

    /// <summary>Cancelled when the lease is lost, or with the token it was acquired with.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lease, or returns null while another runner holds it.</summary>
    public static async Task<SummaryLease?> TryAcquireAsync(
        SummaryProgressStore store, ITableStore tables, TimeProvider clock, string source, CancellationToken cancellation)
    {
        var (progress, etag) = await store.ReadAsync(source, cancellation);
        var now = clock.GetUtcNow();
        if (progress.Lease is { } held && IsLive(held, now) && !(tables.IsExclusive && held.Process != ThisProcess))
            return null;

        progress = progress with { Lease = new SummaryLeaseMark(ThisProcess, Guid.NewGuid().ToString("n"), now + Length) };
        var taken = await store.TryWriteAsync(source, progress, etag, cancellation);
        return taken is null ? null : new SummaryLease(store, clock, source, progress, taken, cancellation);
    }

    // One that ends later than any lease can was taken by a clock that was wrong.
    private static bool IsLive(SummaryLeaseMark lease, DateTimeOffset now) => lease.Until > now && lease.Until <= now + 2 * Length;

    /// <summary>Writes progress.</summary>
    /// <exception cref="OperationCanceledException">The lease was lost.</exception>
    public async Task WriteAsync(Func<SummaryProgress, SummaryProgress> change)
    {
        if (!await TryWriteAsync(change, Lost))
            throw new OperationCanceledException($"The lease of {_source} was lost to another runner.", Lost);
    }

    /// <summary>Gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        try
        {
            await TryWriteAsync(progress => progress with { Lease = null }, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It runs out by itself.
        }

        _writing.Dispose();
        _released.Dispose();
        _lost.Dispose();
    }

    private async Task<bool> TryWriteAsync(Func<SummaryProgress, SummaryProgress> change, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var progress = change(Progress);
            if (progress.Lease is { } lease)
                progress = progress with { Lease = lease with { Until = _clock.GetUtcNow() + Length } };

            if (await _store.TryWriteAsync(_source, progress, _etag, cancellation) is not { } etag)
            {
                await _lost.CancelAsync();
                return false;
            }

            (Progress, _etag) = (progress, etag);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _clock, _released.Token);
                await RenewOnceAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Released, or lost.
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            if (!await TryWriteAsync(progress => progress, Lost))
                throw new OperationCanceledException(Lost);
        }
        catch (StoreUnavailableException) when (_clock.GetUtcNow() < Progress.Lease!.Until)
        {
            // The next renewal may still come in time.
        }
        catch (StoreUnavailableException)
        {
            await _lost.CancelAsync();
            throw new OperationCanceledException(Lost);
        }
    }
}
