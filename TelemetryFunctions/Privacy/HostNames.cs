using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Privacy;

/// <summary>Names of machines and domains.</summary>
internal static class HostNames
{
    /// <summary>What stands at the end of names that only an organization's own servers know.</summary>
    private static readonly FrozenSet<string> Inner = Set("local lan internal intranet corp localdomain home private intra arpa fritz.box");

    /// <summary>Domains so common that two words with one of them are a host, written small: ASP.NET and System.Net are none.</summary>
    private static readonly FrozenSet<string> Common = Set("com org net edu gov mil de fr uk nl eu ch jp cn ru se dk cz br");

    /// <summary>
    /// Others, which end names of three words and more. Without those that are endings of files as well, such as py, rs, sh, so and cc.
    /// </summary>
    private static readonly FrozenSet<string> Others = Set(
        "io dev app cloud online site xyz tech info biz name museum systems network email "
        + "ad ae af ag ai al ao ar at au az ba bb bd be bf bg bh bj bn bo bs bt bw by bz ca cd ci cl cm co cr cu cv cy dz ec ee eg es et fi fj fm ga gd ge gg gh gi gl gm gn gp "
        + "gr gt gy hk hn hr ht hu id ie il im in iq ir is it je jm jo ke kg kh kr kw kz lb lc li lk ls lt lu lv ly ma mc me mg mk mn mo mr mt mu mv mw mx my mz na ne ng ni no np nz "
        + "om pa pe ph pk pt qa ro sa sc sd sg si sk sl sn su sv sy sz td tg th tj tn to tr tt tv tw tz ua ug us uy uz va ve vn ye za zm zw pl");

    // Packages of Java and others begin with what domains end with.
    private static readonly FrozenSet<string> Reversed = Set("com org net io dev edu gov app me de fr uk nl eu ch jp cn ru se dk cz br co");

    private static readonly Regex Name = PersonalRule.Pattern(@"^[a-z_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", RegexOptions.IgnoreCase);

    /// <summary>What operating systems call machines by themselves.</summary>
    private static readonly Regex Given = PersonalRule.Pattern(
        @"^(DESKTOP|LAPTOP)-[A-Z0-9]{7,11}$|^WIN-[A-Z0-9]{11}$|^ip-\d{1,3}(-\d{1,3}){3}(\.|$)|^\p{L}+s-(macbook|mbp|imac|iphone|ipad)([.-]|$)", RegexOptions.IgnoreCase);

    private static readonly Regex Owned = PersonalRule.Pattern(
        @"\p{L}['’]s[ -](macbook|imac|mac|iphone|ipad|pc|laptop|desktop|computer|notebook|galaxy|pixel|server)([^\p{L}]|$)|(iphone|ipad|macbook|pc|laptop) (von|de|di|van) \p{L}",
        RegexOptions.IgnoreCase);

    // The domain of a mail address is found with it.
    private static readonly Regex OfMail = PersonalRule.Pattern(@"@[^\s/]+");

    public static readonly PersonalRule Rule = new("host-name", IsIn) { FindsInVersion = IsIn };

    private static bool IsIn(string text) => Owned.IsMatch(text) || Words.Of(OfMail.Replace(text, " ")).Select(WithoutPort).Any(IsHost);

    private static bool IsHost(string word)
    {
        if (Given.IsMatch(word))
            return true;
        if (!Name.IsMatch(word))
            return false;

        var labels = word.ToLowerInvariant().Split('.');
        var (first, last) = (labels[0], labels[^1]);
        if (first == "localhost")
            return false;
        if (Inner.Contains(last) || Inner.Contains($"{labels[^2]}.{last}"))
            return true;
        return labels.Length == 2
            ? Common.Contains(last) && !word.Any(char.IsAsciiLetterUpper)
            : (Common.Contains(last) || Others.Contains(last)) && !Reversed.Contains(first) && labels[^2].Any(char.IsAsciiLetter);
    }

    private static string WithoutPort(string word) =>
        word.LastIndexOf(':') is var colon and > 0 && word.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? word[..colon] : word;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
