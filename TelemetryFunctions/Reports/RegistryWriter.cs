using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>
/// Writes what one shard of a day teaches the registry, some batches at a time, and takes back what was forgotten meanwhile.
/// </summary>
/// <remarks>
/// Forgetting deletes a system's reports first and its registry row last. So a row written here for a system whose report is
/// gone right after the write may have come too late to be deleted there, and is deleted here. Should the process be killed in
/// between, the next run of the window finds a system last seen on that day without a report of it, and deletes it.
/// </remarks>
internal sealed class RegistryWriter(ReportStore reports, SystemRegistry registry, Window day, char shard)
{
    // Who was written is looked up again by one range of keys: a page of it costs a request, however full it is.
    private const int MostSeen = StorageLimits.PageRows;

    private readonly List<KnownSystem> _seen = [];
    private readonly List<string> _forgotten = [];

    public async ValueTask SeenAsync(KnownSystem system, CancellationToken cancellation)
    {
        _seen.Add(system);
        if (_seen.Count == MostSeen)
            await FlushSeenAsync(cancellation);
    }

    public async ValueTask ForgottenAsync(string system, CancellationToken cancellation)
    {
        _forgotten.Add(system);
        if (_forgotten.Count == StorageLimits.MaxBatchRows)
            await FlushForgottenAsync(cancellation);
    }

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await FlushSeenAsync(cancellation);
        await FlushForgottenAsync(cancellation);
    }

    private async ValueTask FlushSeenAsync(CancellationToken cancellation)
    {
        if (_seen.Count == 0)
            return;

        foreach (var batch in _seen.Chunk(StorageLimits.MaxBatchRows))
            await registry.WriteAsync(shard, batch, cancellation);
        var present = await reports.FindPresentAsync(day, shard, _seen[0].Id, _seen[^1].Id, cancellation);
        foreach (var system in _seen.Where(system => !present.Contains(system.Id)))
            await ForgottenAsync(system.Id, cancellation);
        _seen.Clear();
    }

    private async ValueTask FlushForgottenAsync(CancellationToken cancellation)
    {
        if (_forgotten.Count > 0)
            await registry.DeleteAsync(shard, _forgotten, cancellation);
        _forgotten.Clear();
    }
}
