using System.Text.RegularExpressions;

namespace TelemetryFunctions.Privacy;

/// <summary>
/// Texts of high entropy: what nobody would say, a machine made, as an id, a hash or a key. The letters of words stay in one case for long and have digits
/// at their ends; in random text, what kind of character comes next is open.
/// </summary>
internal static class RandomText
{
    private const int MinLength = 20;
    private const int MinHexDigits = 16;

    // Of the steps of random text 0.65 change the kind of the character where there are letters of both cases and digits, 0.5 where there are no digits, and 0.4
    // where letters are of one case. Of names it is a quarter, and where words are short, as in CamelCase, up to 0.45.
    private const double MixedChanges = 0.42;
    private const double LettersChanges = 0.5;
    private const double PlainChanges = 0.28;

    // Digits that random text of one case has; of words behind one another few have so many.
    private const int MinDigits = 4;

    private static readonly Regex Uuid = PersonalRule.Pattern(@"(^|[^0-9A-Fa-f])[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}([^0-9A-Fa-f]|$)");

    private static readonly Regex Word = PersonalRule.Pattern(@"[A-Za-z0-9+/_=-]+");

    private static readonly Regex Run = PersonalRule.Pattern("[A-Za-z0-9]+");

    private static readonly Regex Hex = PersonalRule.Pattern(@"[0-9A-Fa-f]+");

    /// <remarks>Versions may be hashes of commits, and have dates and counts in them.</remarks>
    public static readonly PersonalRule Rule = new("random", IsIn)
    {
        FindsInVersion = text => Uuid.IsMatch(text),
    };

    private static bool IsIn(string text) =>
        Uuid.IsMatch(text) || Hex.Matches(text).Any(IsRandomHex) || Word.Matches(text).Any(IsRandom) || Run.Matches(text).Any(IsRandomOfOneCase);

    private static bool IsRandomHex(Match match) =>
        match.Length >= MinHexDigits && match.Value.Count(char.IsAsciiDigit) >= 3 && match.Value.Count(char.IsAsciiLetter) >= 3;

    // What is cut into many short pieces is a name: windows-server-2022-datacenter.
    private static bool IsRandom(Match match)
    {
        var text = string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit));
        return match.Length - text.Length <= match.Length / 8 && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)
            && ChangesOf(text) >= (text.Any(char.IsAsciiDigit) ? MixedChanges : LettersChanges);
    }

    // Of one case, a date and a hash behind a mark would look like it.
    private static bool IsRandomOfOneCase(Match match) => match.Value.Count(char.IsAsciiDigit) >= MinDigits && ChangesOf(match.Value) >= PlainChanges;

    /// <summary>The part of its steps at which the kind of the character changes; 0 for a short text.</summary>
    private static double ChangesOf(string text) => text.Length < MinLength
        ? 0
        : Enumerable.Range(1, text.Length - 1).Count(i => KindOf(text[i]) != KindOf(text[i - 1])) / (double)(text.Length - 1);

    private static int KindOf(char character) => char.IsAsciiDigit(character) ? 0 : char.IsAsciiLetterLower(character) ? 1 : 2;
}
