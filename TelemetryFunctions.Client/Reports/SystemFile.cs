using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TelemetryFunctions.Client.Reports;

/// <summary>
/// Keeps the state in a file that only its owner may read. Processes, also of several machines where the file system has locks, can share
/// it. A file that can't be read is set aside, said so, and a new system begins.
/// </summary>
/// <param name="directory">The directory; made where it is not there.</param>
/// <param name="logger">Where it says that a file can't be read; null for nowhere.</param>
/// <param name="clock">Tells the time; null for the system's.</param>
public sealed partial class SystemFile(string directory, ILogger<SystemFile>? logger = null, TimeProvider? clock = null) : ISystemStore
{
    /// <summary>The file's name.</summary>
    public const string Name = "telemetry-system.json";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    private readonly string _path = Path.Combine(directory, Name);
    private readonly ILogger _logger = logger ?? NullLogger<SystemFile>.Instance;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc />
    public async ValueTask<SystemState?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return Read();
        }
        catch (FormatException)
        {
            using var _ = await LockAsync(cancellation);
            return ReadOrSetAside();
        }
    }

    /// <inheritdoc />
    public async ValueTask<bool> TryReplaceAsync(SystemState? before, SystemState after, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(after);
        CreateDirectory();
        using var _ = await LockAsync(cancellation);
        if (ReadOrSetAside() != before)
            return false;
        Write(after);
        return true;
    }

    private SystemState? Read()
    {
        try
        {
            return SystemState.Parse(File.ReadAllText(_path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Under the lock only.</summary>
    private SystemState? ReadOrSetAside()
    {
        try
        {
            return Read();
        }
        catch (FormatException e)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{_path}.unreadable-{_clock.GetUtcNow():yyyyMMddHHmmss}");
            File.Move(_path, aside, overwrite: true);
            Log.SetAside(_logger, _path, e.Message, aside);
            return null;
        }
    }

    private void Write(SystemState state)
    {
        var temporary = _path + ".tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, Creating(FileMode.CreateNew, FileShare.None)))
        using (var text = new StreamWriter(file))
        {
            text.Write(state.ToJson());
            text.Flush();
            // On disk before it takes the other's place: after a power cut there is the one or the other.
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
    }

    /// <summary>Waits until no other has the lock. It goes with the process that has it, however that ends.</summary>
    private async ValueTask<FileStream> LockAsync(CancellationToken cancellation)
    {
        var start = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", Creating(FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException) when (_clock.GetElapsedTime(start) < LockPatience)
            {
                await Task.Delay(LockPoll, _clock, cancellation);
            }
        }
    }

    private static FileStreamOptions Creating(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{File} can't be read: {Reason} It is kept as {Aside}; this installation reports under a new id from now on. To have the old one back, mend that file and put it in the place of the new one")]
        public static partial void SetAside(ILogger logger, string file, string reason, string aside);
    }
}
