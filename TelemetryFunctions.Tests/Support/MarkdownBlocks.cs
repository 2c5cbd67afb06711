using System.Text.RegularExpressions;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The code that a document shows.</summary>
internal static partial class MarkdownBlocks
{
    /// <summary>The blocks of a language, in their order.</summary>
    public static IReadOnlyList<string> Of(string document, string language) =>
        [.. CodeBlock().Matches(document).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];

    /// <summary>The languages of its blocks.</summary>
    public static IEnumerable<string> Languages(string document) => CodeBlock().Matches(document).Select(match => match.Groups["language"].Value).Distinct();

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
