using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Standalone.Sqlite;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>Where a relay keeps what it has.</summary>
internal static class RelayDirectory
{
    private const string Setting = "Telemetry:DataDirectory";
    private const string Default = "relay-data";

    public static string Of(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } directory ? directory : Default;

    /// <summary>Makes it, where there is none, for its owner alone: keys of others are in it until they are sent.</summary>
    /// <exception cref="StartupException">It can't be made.</exception>
    public static void Make(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--data is \"{directory}\", which can't be used: {e.Message}", e);
        }
    }

    /// <exception cref="StartupException">No relay has ever run there.</exception>
    public static void ThrowIfNone(string directory)
    {
        if (!File.Exists(Path.Combine(directory, "telemetry.db")))
            throw new StartupException($"There is no relay in \"{directory}\"; name its directory with --data.");
    }

    /// <summary>Its store, not open yet: it can be read so, also while a relay writes it.</summary>
    public static SqliteTableStore OpenStore(string directory) => new(directory, [RelayStore.Table, RelaySwitch.Table], TimeProvider.System);
}
