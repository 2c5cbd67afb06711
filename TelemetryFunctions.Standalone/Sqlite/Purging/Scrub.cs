using Microsoft.Data.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite.Purging;

/// <summary>
/// One pass over the file that leaves nothing in it, nor in its log, of rows that were deleted before it began. Writers wait for it as long as
/// for any checkpoint.
/// </summary>
/// <remarks>
/// <para>What is left of them is in the <see cref="PageGap">gaps</see> of pages. A gap may be written beside SQLite while nobody copies pages into the
/// file, and a reader that came when the log was empty keeps everybody from that, by SQLite's own rules: the file holds still, and what is
/// written goes into the log. When that has become long, and at the end, the writer empties it, and another such reader begins.</para>
/// <para>A page that was written meanwhile is looked at again: SQLite wrote it as it had it in memory, and when it balances neighbours it may
/// exchange their numbers, so that what lay in one page, not scrubbed yet, is now in another that was. The last of these pages are scrubbed
/// on the writer's thread, when nothing is left in the log, and the writer then forgets the pages it has in memory. Rows deleted later
/// are of the next pass.</para>
/// <para>A pass that is killed has changed nothing that counts.</para>
/// </remarks>
internal sealed class Scrub(SqliteFile file, PageFile pages, SqliteWriter writer)
{
    // Pages that the writer's thread scrubs itself, in the end: about a millisecond. Where more are written each time while the last ones are
    // scrubbed, it is so many more.
    private const int LastPages = 128;

    // The writer's next commit waits for the disk behind these: 2 MiB.
    private const int PagesPerFlush = 512;

    // A reader of an older state keeps the log from being emptied. Most are gone at once; a backup may take minutes.
    // Each try takes a little of the writer's time, so they come ever more rarely: fifty of them take half a minute.
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(20);
    private const int MaxTries = 50;

    private readonly WriteAheadLog _log = new(file.LogPath, pages.PageSize);
    private readonly long _deletions = writer.Deletions;
    private readonly SortedSet<long> _written = [];
    private long _next = 1;
    private long _end = long.MaxValue;
    private int _lastPages;

    /// <exception cref="StoreUnavailableException">It can't be done now.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        writer.KeepsLog = true;
        using var reader = file.OpenReader();
        try
        {
            while (!await TakeStepAsync(reader, cancellation))
                ScrubWhileStill(cancellation);
        }
        finally
        {
            reader.EndReading();
            writer.KeepsLog = false;
        }

        pages.Flush();
        await writer.RunAloneAsync(connection => writer.Deletions == _deletions ? connection.Execute("DELETE FROM purge_pending") : 0);
    }

    /// <returns>True where nothing is left to be done; else the file holds still.</returns>
    private async Task<bool> TakeStepAsync(SqliteConnection reader, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            switch (await writer.RunAloneAsync(connection => TryStep(connection, reader)))
            {
                case Step.Done:
                    return true;
                case Step.HoldsStill:
                    return false;
                case var _ when tries == MaxTries:
                    throw new StoreUnavailableException("A reader, such as a backup, holds the log of what was written.");
            }

            // Other readers are what they are, whatever a test's clock shows.
            await Task.Delay(tries * TryAgainAfter, TimeProvider.System, cancellation);
        }
    }

    /// <summary>On the writer's thread, so that nothing is written meanwhile.</summary>
    private Step TryStep(SqliteConnection connection, SqliteConnection reader)
    {
        NoteWritten();
        reader.EndReading();
        if (connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            return Step.Busy;

        reader.BeginReading();
        file.ThrowIfMoved(connection);
        if (!_log.IsEmpty)
            return Step.Busy;

        if (_end == long.MaxValue)
            _end = pages.CountPages() + 1;
        if (_next < _end || _written.Count > (_lastPages += LastPages))
            return Step.HoldsStill;

        ScrubWritten(_lastPages);
        reader.EndReading();
        connection.Execute("PRAGMA shrink_memory");
        return Step.Done;
    }

    /// <summary>Notes what was written, but for what the pass is still to come by.</summary>
    private void NoteWritten()
    {
        if (_next == 1)
            return;

        if (_log.IsVeryLong)
        {
            (_next, _end) = (1, long.MaxValue);
            _written.Clear();
            return;
        }

        _written.UnionWith(_log.ReadPages().Where(page => page < _next || page >= _end));
    }

    private void ScrubWhileStill(CancellationToken cancellation)
    {
        var scrubbed = 0;
        while (!_log.IsLong && (_next < _end || _written.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            scrubbed += ScrubWritten(PageFile.MaxPagesAtOnce);
            if (_next < _end)
                scrubbed += ScrubNext();
            if (scrubbed < PagesPerFlush)
                continue;
            pages.Flush();
            scrubbed = 0;
        }

        // Else the checkpoint, for which writers wait, would have to.
        pages.Flush();
    }

    private int ScrubNext()
    {
        var count = (int)Math.Min(PageFile.MaxPagesAtOnce, _end - _next);
        var scrubbed = pages.Scrub(_next, count);
        _next += count;
        return scrubbed;
    }

    private int ScrubWritten(int most)
    {
        var scrubbed = 0;
        for (; most > 0 && _written.Count > 0; most--)
        {
            var page = _written.Min;
            _written.Remove(page);
            scrubbed += pages.Scrub(page, 1);
        }

        return scrubbed;
    }

    private enum Step
    {
        Busy,
        HoldsStill,
        Done,
    }
}
