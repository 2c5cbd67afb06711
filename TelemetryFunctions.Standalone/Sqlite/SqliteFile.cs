using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TelemetryFunctions.Standalone.Sqlite.Purging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// The file <c>telemetry.db</c>: opened by one process at a time, and only where this version understands it.
/// </summary>
internal sealed class SqliteFile(string directory) : IDisposable
{
    /// <summary>Raised when an older version of the service can't read the file any more.</summary>
    private const int FormatVersion = 1;

    // "Tlmy": marks the file as one of ours, so that a wrong path is noticed before anything is written.
    private const int ApplicationId = 0x546C6D79;

    private readonly string _path = Path.Combine(directory, "telemetry.db");
    // SQLITE_FCNTL_HAS_MOVED of sqlite3.h. The managed API has no file controls.
    private const int HasMoved = 20;

    // So long does a reader wait for somebody from outside who has locked the file.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(directory, "telemetry.db"),
        // A reader must not put an empty file where the real one was removed.
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = true,
        DefaultTimeout = (int)BusyTimeout.TotalSeconds,
    }.ToString();

    private FileStream? _lock;
    private PageFile? _pages;

    public string LogPath => _path + "-wal";

    /// <summary>True where something was still to be purged when the file was opened.</summary>
    public bool IsPurgePending { get; private set; }

    /// <summary>Opens the connection that writes, with all tables in place.</summary>
    /// <exception cref="StartupException">The file can't be used; the message says why.</exception>
    public SqliteConnection Open(IEnumerable<TableStatements> tables)
    {
        Lock();
        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
            connection.Open();
            CheckVersion(connection);
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA secure_delete = ON");
            // So long, in milliseconds, do all who write wait for a reader of an older state when the log is to be emptied.
            connection.Execute("PRAGMA busy_timeout = 10");
            // A batch that can fail alone has a journal of its own, a small one. A directory for it may be read-only, or full, or gone.
            connection.Execute("PRAGMA temp_store = MEMORY");
            using var transaction = connection.BeginTransaction();
            foreach (var table in tables)
                table.Create(connection);
            connection.Execute("CREATE TABLE IF NOT EXISTS purge_pending (since TEXT NOT NULL) STRICT");
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            connection.Execute($"PRAGMA user_version = {FormatVersion}");
            transaction.Commit();
            IsPurgePending = connection.Scalar("SELECT count(*) FROM purge_pending") > 0;
            return connection;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw CannotOpen(e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>A connection for reading, from a pool.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        raw.sqlite3_busy_timeout(connection.Handle, (int)BusyTimeout.TotalMilliseconds);
        return connection;
    }

    /// <summary>Reads the file, where there is one, whether it is opened or not, and by this process or another.</summary>
    /// <exception cref="StartupException">The file can't be used; the message says why.</exception>
    public T? Look<T>(Func<SqliteConnection, T> read)
        where T : class
    {
        if (!File.Exists(_path))
            return null;

        try
        {
            using var connection = OpenReader();
            CheckVersion(connection);
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw CannotOpen(e);
        }
    }

    /// <summary>Looks through the whole file for damage, in a snapshot: neither readers nor the writer wait for it.</summary>
    /// <exception cref="StoreUnavailableException">It is damaged, or can't be read.</exception>
    public void Check(CancellationToken cancellation)
    {
        try
        {
            using var connection = OpenReader();
            using var interrupt = cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle));
            using var command = connection.Prepare("PRAGMA quick_check(1)");
            if (command.ExecuteScalar() is string finding and not "ok")
                throw Damaged(finding, null);
        }
        catch (SqliteException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Unavailable("read", e);
        }
    }

    /// <summary>The pages of the file that <paramref name="writer"/> writes. They are closed with it.</summary>
    /// <exception cref="StoreUnavailableException">It was removed or replaced.</exception>
    public PageFile OpenPages(SqliteConnection writer)
    {
        if (_pages is not null)
            return _pages;

        var pages = new PageFile(_path);
        try
        {
            ThrowIfMoved(writer);
        }
        catch
        {
            // Another file, on which nothing is locked.
            pages.Dispose();
            throw;
        }

        return _pages = pages;
    }

    /// <summary>Throws where the file that <paramref name="writer"/> writes is no longer the one at its path.</summary>
    /// <exception cref="StoreUnavailableException">It was removed or replaced.</exception>
    public void ThrowIfMoved(SqliteConnection writer)
    {
        if (sqlite3_file_control(writer.Handle!, null, HasMoved, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0)
            throw new StoreUnavailableException($"{_path} was removed or replaced while the service runs. Put it, or a backup, in its place and restart the service.");
    }

    /// <summary>What callers are told of an error of SQLite's.</summary>
    public StoreUnavailableException Unavailable(string what, Exception error) =>
        IsDamage(error)
            ? Damaged(error.Message, error)
            : error as StoreUnavailableException ?? new StoreUnavailableException($"SQLite can't {what} {_path}: {error.Message}", error);

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);
        _pages?.Dispose();
        _lock?.Dispose();
    }

    private StartupException CannotOpen(SqliteException error) =>
        new(IsDamage(error) ? Damaged(error.Message, error).Message : $"{_path} can't be opened: {error.Message}", error);

    private static bool IsDamage(Exception error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB };

    private StoreDamagedException Damaged(string finding, Exception? error) => new(
        $"{_path} is damaged ({finding.ReplaceLineEndings(" ")}): stop the service, then put back a backup or salvage the file with \"sqlite3 telemetry.db .recover\", as docs/operations.md says.", error);

    private void Lock()
    {
        try
        {
            Directory.CreateDirectory(directory);
            _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"Telemetry__DataDirectory is \"{directory}\", which can't be written: {e.Message}", e);
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new StartupException(
                $"{_path} is in use by another process; stop that one, or set Telemetry__DataDirectory to another directory.", e);
        }
        catch (IOException e)
        {
            throw new StartupException($"Telemetry__DataDirectory is \"{directory}\", which can't be used: {e.Message}", e);
        }
    }

    /// <summary>EWOULDBLOCK on Linux or macOS, or ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsLocked(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x8007_0020);

    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(
        sqlite3 database, [MarshalAs(UnmanagedType.LPUTF8Str)] string? name, int control, out int result);

    private void CheckVersion(SqliteConnection connection)
    {
        var application = connection.Scalar("PRAGMA application_id");
        var version = connection.Scalar("PRAGMA user_version");
        var isNew = connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
            throw new StartupException($"{_path} is a database of something else; set Telemetry__DataDirectory to another directory.");
        if (version > FormatVersion)
        {
            throw new StartupException(string.Create(CultureInfo.InvariantCulture,
                $"{_path} has format {version}, written by a newer version; this one reads up to {FormatVersion}. Update the service, or restore a backup."));
        }
    }
}
