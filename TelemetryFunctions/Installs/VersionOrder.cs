using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Versions by their age, newest first: releases by their numbers, each before what led to it, then branches by name, and
/// <see cref="InstallCounts.Other"/> at the end.
/// </summary>
public sealed class VersionOrder : IComparer<string>
{
    private static readonly NaturalOrder Natural = new();

    public static VersionOrder NewestFirst { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Parts.Of(x!), Parts.Of(y!));
        if (left.Rank != right.Rank)
            return left.Rank.CompareTo(right.Rank);
        if (left.Rank != Parts.Release)
            return Natural.Compare(x, y);
        if (Natural.Compare(right.Numbers, left.Numbers) is var numbers and not 0)
            return numbers;
        if (left.Stability != right.Stability)
            return right.Stability.CompareTo(left.Stability);
        return Natural.Compare(y, x);
    }

    /// <param name="Rank">What kind of version it is.</param>
    /// <param name="Numbers">What stands before the hyphen.</param>
    /// <param name="Stability">Composer's, least stable first.</param>
    private readonly record struct Parts(int Rank, string Numbers, int Stability)
    {
        public const int Release = 0;
        private const int Branch = 1;
        private const int Rest = 2;

        // A word that Composer does not know is one of before the release, as in SemVer.
        private static readonly string[] Stabilities = ["dev", "alpha", "beta", "rc", "", "patch"];

        public static Parts Of(string version)
        {
            if (version == InstallCounts.Other)
                return new Parts(Rest, version, 0);
            if (!char.IsAsciiDigit(version[0]))
                return new Parts(Branch, version, 0);

            var hyphen = version.IndexOf('-', StringComparison.Ordinal);
            var word = hyphen < 0 ? "" : Word(version.AsSpan(hyphen + 1));
            return new Parts(Release, hyphen < 0 ? version : version[..hyphen], Array.IndexOf(Stabilities, word));
        }

        private static string Word(ReadOnlySpan<char> suffix)
        {
            var end = 0;
            while (end < suffix.Length && char.IsAsciiLetter(suffix[end]))
                end++;
            return suffix[..end].ToString().ToLowerInvariant();
        }
    }
}
