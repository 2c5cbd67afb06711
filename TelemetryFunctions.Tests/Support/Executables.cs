namespace TelemetryFunctions.Tests.Support;

/// <summary>The programs of this machine.</summary>
internal static class Executables
{
    /// <summary>The path of the first of some that is there, or null.</summary>
    public static string? Find(params string[] names)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin");
        return names.SelectMany(name => directories.Select(directory => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
    }
}
