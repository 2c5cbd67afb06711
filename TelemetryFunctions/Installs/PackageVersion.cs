using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Installs;

/// <summary>Versions as Composer sends them, normalized, and as people write them.</summary>
public static partial class PackageVersion
{
    /// <summary>Characters of a version.</summary>
    public const int MaxLength = 64;

    /// <summary>Bytes of a version in UTF-8: what fits into a key, three characters each, behind the longest name, its slash and a separator.</summary>
    public const int MaxBytes = (StorageLimits.MaxKeyLength - PackageName.MaxLength - 3) / 3;

    // What nearly all versions and names of branches are made of.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/#~@");

    /// <summary>The version as people write it; <see cref="InstallCounts.Other"/> where it is too long, or nothing that can be read.</summary>
    /// <remarks>The name of a branch can have nearly any character, so a version is text, and never a part of HTML, of a path or of a formula.</remarks>
    public static string Read(string version)
    {
        if (!IsReadable(version))
            return InstallCounts.Other;
        if (version == "9999999-dev")
            return "dev-master";
        if (Branch().Match(version) is { Success: true } branch)
            return branch.Groups[1].Value + ".x-dev";
        if (Release().Match(version) is { Success: true } release)
            return release.Groups[1].Value + release.Groups[2].Value;
        return Prefixed().IsMatch(version) ? version[1..] : version;
    }

    private static bool IsReadable(string version)
    {
        if (version.Length is 0 or > MaxLength)
            return false;
        if (!version.AsSpan().ContainsAnyExcept(Plain))
            return true;
        if (version[0] == ' ' || version[^1] == ' ' || Encoding.UTF8.GetByteCount(version) > MaxBytes)
            return false;

        var rest = version.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || !IsReadable(rune))
                return false;
            rest = rest[length..];
        }

        return true;
    }

    /// <summary>False for what nobody sees, or what changes how the text around it is read.</summary>
    private static bool IsReadable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Composer's normal form of the branch <c>2.x</c>.</summary>
    [GeneratedRegex(@"^(\d+(?:\.\d{1,6})*)(?:\.9999999)+-dev\z", RegexOptions.CultureInvariant)]
    private static partial Regex Branch();

    /// <summary>Composer's normal form has four numbers; the fourth is hardly ever anything but 0.</summary>
    [GeneratedRegex(@"^v?(\d+\.\d+\.\d+)\.0(-.+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    [GeneratedRegex(@"^v\d", RegexOptions.CultureInvariant)]
    private static partial Regex Prefixed();
}
