using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Standalone.Sqlite;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>Where a relay keeps what it has.</summary>
internal static class RelayDirectory
{
    private const string Setting = "Telemetry:DataDirectory";
    private const string Default = "relay-data";
    private const string FileName = "telemetry.db";

    public static string Of(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } directory ? directory : Default;

    /// <summary>Makes it, and the file in it, where there is none, for its owner alone: keys of others are in it until they are sent.</summary>
    /// <exception cref="StartupException">It can't be made.</exception>
    public static void Make(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                return;
            }

            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            // What others have made, as systemd does, is open to all.
            var file = Path.Combine(directory, FileName);
            if (!File.Exists(file))
                new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--data is \"{directory}\", which can't be used: {e.Message}", e);
        }
    }

    /// <exception cref="StartupException">No relay has ever run there, or that is not to be seen.</exception>
    public static void ThrowIfNone(string directory)
    {
        if (File.Exists(Path.Combine(directory, FileName)))
            return;
        throw new StartupException(IsClosed(directory)
            ? $"\"{directory}\" can't be read: run this as the user whom the relay runs as."
            : $"There is no relay in \"{directory}\"; name its directory with --data.");
    }

    private static bool IsClosed(string directory)
    {
        try
        {
            _ = Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Its store, not open yet: it can be read so, also while a relay writes it.</summary>
    public static SqliteTableStore OpenStore(string directory) => new(directory, [RelayStore.Table, RelaySwitch.Table], TimeProvider.System);
}
