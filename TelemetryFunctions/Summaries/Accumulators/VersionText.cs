using System.Buffers;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// A version as PEP 440, SemVer, Debian, RPM, Gentoo, Maven or Composer write it: an epoch, numbers with dots between them, and a suffix.
/// docs/versions.md has the rules as a table.
/// </summary>
internal readonly ref struct VersionText
{
    private const string Separators = ".-_~^:";
    private const int ShortHashLength = 7;
    private const int DateLength = 8;
    private const int TimeLength = 6;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> SuffixCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+*" + Separators);

    private VersionText(ReadOnlySpan<char> epoch, ReadOnlySpan<char> numbers, ReadOnlySpan<char> suffix)
    {
        Epoch = epoch;
        Numbers = numbers;
        Suffix = suffix;
    }

    /// <summary>The epoch with its mark, such as <c>1!</c> or <c>1:</c>; empty where it is 0 or not written.</summary>
    public ReadOnlySpan<char> Epoch { get; }

    /// <summary>The numbers, such as <c>3.21.4</c>.</summary>
    public ReadOnlySpan<char> Numbers { get; }

    /// <summary>What follows the numbers, such as <c>rc1</c>, <c>-1ubuntu2</c> or <c>+build</c>; often empty.</summary>
    public ReadOnlySpan<char> Suffix { get; }

    /// <summary>The first of the numbers; all where there are not so many.</summary>
    public ReadOnlySpan<char> First(int count)
    {
        var end = 0;
        while (count-- > 0 && end < Numbers.Length)
            end = Numbers[(end + 1)..].IndexOf('.') is var dot and >= 0 ? end + 1 + dot : Numbers.Length;
        return Numbers[..end];
    }

    private int NumberCount => Numbers.Count('.') + 1;

    /// <summary>Reads a version; false for what is none, such as a commit's hash, a date or the name of a branch.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out VersionText version)
    {
        version = default;
        text = text.Trim();
        if (text is ['v' or 'V', ..])
            text = text[1..];

        var epoch = ReadOnlySpan<char>.Empty;
        if (text[..Digits(text)] is { IsEmpty: false } first && text[first.Length..] is ['!' or ':', ..])
        {
            epoch = first.ContainsAnyExcept('0') ? text[..(first.Length + 1)] : [];
            text = text[(first.Length + 1)..];
        }

        var end = Digits(text);
        if (end == 0)
            return false;
        while (text[end..] is ['.', .. var next] && Digits(next) is var digits and > 0)
            end += 1 + digits;

        version = new VersionText(epoch, text[..end], text[end..]);
        return !IsHash(text) && version.HasKnownSuffix();
    }

    /// <summary>True for what is sold, in whatever words, as not released yet.</summary>
    public bool IsPrerelease()
    {
        // Build metadata of SemVer, a local version of PEP 440, and what Debian adds to an upstream version: all are of a release.
        var suffix = Suffix.IndexOf('+') is var plus and >= 0 ? Suffix[..plus] : Suffix;
        var isFirst = true;
        foreach (var range in suffix.SplitAny(Separators))
        {
            var word = suffix[range];
            if (VersionWords.IsPrerelease(word) || IsCommit(word) || (isFirst && VersionWords.IsPrereleaseLetter(word)))
                return true;
            isFirst &= word.IsEmpty;
        }

        return suffix switch
        {
            // Debian and RPM sort it before the release, but for those who mark their rebuilds of it so.
            ['~', .. var rest] => !VersionWords.StartsWithRevision(rest),
            ['-', .. var rest] => IsSnapshotTime(rest) || IsLeadingZero(rest) || (NumberCount == 3 && IsSemVer(rest) && !IsRevision(rest)),
            _ => false,
        };
    }

    private bool HasKnownSuffix() => !Suffix.ContainsAnyExcept(SuffixCharacters) && Suffix switch
    {
        [] or ['+' or '~' or '^', ..] => true,
        ['-' or '_', .. var rest] => NumberCount > 1 || VersionWords.StartsWithWord(rest) || (rest.Length > 0 && Digits(rest) == rest.Length),
        ['.', .. var rest] => VersionWords.StartsWithWord(rest) || rest is ['x' or 'X' or '*'] or ['x' or 'X' or '*', '-' or '.', ..],
        [_] or [_, '-' or '+' or '~' or '_' or '.', ..] when NumberCount > 1 => true,
        _ => VersionWords.StartsWithWord(Suffix),
    };

    /// <summary><c>-4</c>, <c>-1ubuntu2</c>, <c>-r0</c> and <c>-alpine</c> follow a release.</summary>
    private static bool IsRevision(ReadOnlySpan<char> rest) =>
        VersionWords.StartsWithRevision(rest) || (Digits(rest) > 0 && !IsHash(rest));

    private static bool IsSemVer(ReadOnlySpan<char> rest) =>
        !rest.IsEmpty && !rest.ContainsAny("~_^*:") && !rest.Contains("..", StringComparison.Ordinal) && rest is not (['.', ..] or [.., '.']);

    /// <summary><c>-0.3.7</c>: a prerelease by SemVer, and by the way Fedora numbers what is packaged before a release.</summary>
    private static bool IsLeadingZero(ReadOnlySpan<char> rest)
    {
        var numbers = rest[..(rest.IndexOfAnyExcept(DigitsAndDots) is var end and >= 0 ? end : rest.Length)];
        return numbers is ['0', '.', ..] && numbers.TrimEnd('.').Count('.') >= 2;
    }

    /// <summary><c>-20240501.123456-1</c>, which Maven makes of a snapshot.</summary>
    private static bool IsSnapshotTime(ReadOnlySpan<char> rest) =>
        Digits(rest) == DateLength && rest[DateLength..] is ['.', .. var time] && Digits(time) == TimeLength && time[TimeLength..] is ['-', ..];

    /// <summary><c>g2414721</c> as <c>git describe</c> writes it.</summary>
    private static bool IsCommit(ReadOnlySpan<char> word) => word is ['g', .. var hash] && IsHex(hash);

    /// <summary>A commit's hash, also where it begins with a digit.</summary>
    private static bool IsHash(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExceptInRange('0', '9');

    private static bool IsHex(ReadOnlySpan<char> text) => text.Length >= ShortHashLength && !text.ContainsAnyExcept(HexDigits);

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
}
