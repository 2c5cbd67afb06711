using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// Copies the log into the file while others write. SQLite by itself has the commit that makes the log long do it, and all who write wait for that: at 16
/// connections, most of the slowest hundredth.
/// </summary>
/// <remarks>
/// What was written meanwhile is copied by the writer between two transactions, which is little; then nothing is left, and the log begins anew.
/// https://sqlite.org/wal.html#ckpt
/// </remarks>
internal sealed class Checkpoints : IDisposable
{
    // 16 MiB. A page that is written again before it is copied is copied once, so a longer log is less work; until it is copied, it is disk space, and it
    // is read through after a kill.
    private const int PagesBetween = 4_000;

    // Where it grows so much faster than it is copied, writers wait after all.
    private const int MaxPages = 16 * PagesBetween;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _copier;
    private readonly WalHook _hook;
    private Task? _copying;
    private int _pages;
    private int _next = PagesBetween;

    /// <param name="file">The file.</param>
    /// <param name="writer">The connection that writes it, which makes no checkpoints of its own from now on.</param>
    public Checkpoints(SqliteFile file, SqliteConnection writer)
    {
        _writer = writer;
        _copier = file.OpenReader();

        // The field keeps it alive for as long as SQLite calls it.
        _hook = NoteCommit;
        _ = sqlite3_wal_hook(writer.Handle!, _hook, 0);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WalHook(nint argument, nint database, nint name, int pages);

    /// <summary>Does between two transactions, on the writer's thread, what it is time for.</summary>
    public void Continue()
    {
        if (_copying is null)
        {
            if (_pages >= _next)
                _copying = Task.Run(() => Copy(_copier));
            return;
        }

        if (!_copying.IsCompleted && _pages < MaxPages)
            return;

        _copying.Wait();
        _copying = null;
        Copy(_writer);

        // Where a reader of an older state keeps the log from beginning anew.
        _next = _pages + PagesBetween;
    }

    public void Dispose()
    {
        _copying?.Wait();
        _copier.Dispose();
    }

    /// <summary>What can't be copied now, for a reader, a purge or a full disk, stays in the log until the next time.</summary>
    private static void Copy(SqliteConnection connection) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    private int NoteCommit(nint argument, nint database, nint name, int pages)
    {
        if (pages < _pages)
            _next = PagesBetween;
        _pages = pages;
        return raw.SQLITE_OK;
    }

    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint sqlite3_wal_hook(sqlite3 database, WalHook hook, nint argument);
}
