using System.Collections.Frozen;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>The words that people put behind the numbers of a version.</summary>
internal static class VersionWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Prereleases = Set(
        "alpha", "beta", "rc", "cr", "pre", "preview", "prerelease", "milestone", "ea", "eap",
        "dev", "devel", "develop", "development", "snapshot", "nightly", "canary", "unstable", "experimental", "git", "svn");

    /// <summary>What follows a release: its revisions, the rebuilds of distributions, and the variants that one is published in.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Revisions = Set(
        "r", "rev", "p", "pl", "patch", "post", "sp", "u", "update", "v", "build", "fix", "hotfix", "ls", "lts",
        "final", "ga", "release", "stable", "ce", "ee", "enterprise", "community", "jre", "jdk", "java", "android",
        "deb", "debian", "bpo", "dfsg", "ds", "repack", "ubuntu", "pgdg", "mint", "kali", "raspbian", "pve", "lp",
        "el", "fc", "rhel", "amzn", "suse", "mga", "alpine", "slim", "bookworm", "trixie", "bullseye", "jammy", "noble", "focal");

    /// <summary>True where one of the words in it says that a version is not released.</summary>
    public static bool IsPrerelease(ReadOnlySpan<char> identifier)
    {
        while (!identifier.IsEmpty)
        {
            var word = Letters(identifier);
            if (Prereleases.Contains(word))
                return true;
            identifier = identifier[Math.Max(1, word.Length)..];
        }

        return false;
    }

    /// <summary><c>a</c>, <c>b</c> and <c>c</c>, as PEP 440 has them, and Maven's <c>m</c> with a number.</summary>
    public static bool IsPrereleaseLetter(ReadOnlySpan<char> identifier) =>
        identifier is ['a' or 'b' or 'c' or 'A' or 'B' or 'C', .. var number] && !number.ContainsAnyExceptInRange('0', '9')
        || (identifier is ['m' or 'M', _, ..] && !identifier[1..].ContainsAnyExceptInRange('0', '9'));

    /// <summary>True where it begins with a word that follows a release.</summary>
    public static bool StartsWithRevision(ReadOnlySpan<char> text) => Revisions.Contains(Letters(text));

    /// <summary>True where it begins with a word that is known, perhaps with a number, and something else begins behind that.</summary>
    public static bool StartsWithWord(ReadOnlySpan<char> text)
    {
        var word = Letters(text);
        var rest = text[word.Length..].TrimStart("0123456789");
        if (rest is [var next, ..] && char.IsAsciiLetter(next))
            return false;
        var hasNumber = word.Length + rest.Length < text.Length;
        return Prereleases.Contains(word) || Revisions.Contains(word) || (hasNumber && IsPrereleaseLetter(text[..^rest.Length]));
    }

    private static ReadOnlySpan<char> Letters(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return text[..end];
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params ReadOnlySpan<string> words) =>
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, words).GetAlternateLookup<ReadOnlySpan<char>>();
}
