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
    // Copied at once: the disk has these to flush while the writer wants it to flush what it writes.
    private const int PagesAtOnce = 500;

    // 16 MiB: so long, and for what comes while it is copied, is the log. Each time that it begins anew, writers wait for the rest of it.
    private const int PagesOfLog = 4_000;

    // Where it grows so much faster than it is copied, writers wait after all.
    private const int MaxPages = 16 * PagesOfLog;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _copier;
    private readonly WalHook _hook;
    private Task? _copying;
    private int _pages;
    private int _next = PagesAtOnce;

    /// <param name="file">The file.</param>
    /// <param name="writer">The connection that writes it, which makes no checkpoints of its own from now on.</param>
    public Checkpoints(SqliteFile file, SqliteConnection writer)
    {
        _writer = writer;
        _copier = file.OpenReader();

        // A connection knows of the log once it has read.
        _copier.Scalar("SELECT count(*) FROM sqlite_schema");

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
        _next = _pages + PagesAtOnce;
        if (_pages >= PagesOfLog)
            Copy(_writer);
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
            _next = PagesAtOnce;
        _pages = pages;
        return raw.SQLITE_OK;
    }

    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint sqlite3_wal_hook(sqlite3 database, WalHook hook, nint argument);
}
