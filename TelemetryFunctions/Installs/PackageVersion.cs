using System.Buffers;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Installs;

/// <summary>Versions as Composer sends them, normalized, and as people write them.</summary>
public static partial class PackageVersion
{
    /// <summary>Characters of a version.</summary>
    public const int MaxLength = 64;

    // What versions and the names of branches are made of. Nothing of it means anything in HTML.
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/#~@");

    /// <summary>The version as people write it, or null where it is none.</summary>
    public static string? Read(string version)
    {
        if (version.Length is 0 or > MaxLength || version.AsSpan().ContainsAnyExcept(Characters) || !char.IsAsciiLetterOrDigit(version[0]))
            return null;
        if (version == "9999999-dev")
            return "dev-master";
        if (Branch().Match(version) is { Success: true } branch)
            return branch.Groups[1].Value + ".x-dev";
        if (Release().Match(version) is { Success: true } release)
            return release.Groups[1].Value + release.Groups[2].Value;
        return Prefixed().IsMatch(version) ? version[1..] : version;
    }

    /// <summary>Composer's normal form of the branch <c>2.x</c>.</summary>
    [GeneratedRegex(@"^(\d+(?:\.\d{1,6})*)(?:\.9999999)+-dev\z", RegexOptions.CultureInvariant)]
    private static partial Regex Branch();

    /// <summary>Composer's normal form has four numbers; the fourth is hardly ever anything but 0.</summary>
    [GeneratedRegex(@"^v?(\d+\.\d+\.\d+)\.0(-.+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    [GeneratedRegex(@"^v\d", RegexOptions.CultureInvariant)]
    private static partial Regex Prefixed();
}
