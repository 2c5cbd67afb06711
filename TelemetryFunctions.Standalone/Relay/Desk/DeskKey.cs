using System.Security.Cryptography;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>The key of a relay's page: a file of its directory, so that who may read that may look and decide, and nobody else.</summary>
internal static class DeskKey
{
    private const string Name = "page.key";
    private const int HexDigits = 32;

    /// <summary>The key of a directory, made at the first time.</summary>
    /// <exception cref="StartupException">It can't be read or made.</exception>
    public static string Of(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: HexDigits } key ? key : Make(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"\"{path}\", the key of the relay's page, can't be used: {e.Message}", e);
        }
    }

    private static string Make(string path)
    {
        var key = RandomNumberGenerator.GetHexString(HexDigits, lowercase: true);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(key);
        return key;
    }
}
