namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// The label under which a version is counted. What does not start like a PEP 440 or SemVer version counts under its
/// literal text.
/// </summary>
public static class VersionLabel
{
    /// <summary>The first two numbers: <c>3.21.4.post1</c> is <c>3.21</c>.</summary>
    public static string Xy(string version) => Numbers(version, 2);

    /// <summary>The first three numbers: <c>3.21.4.post1</c> is <c>3.21.4</c>.</summary>
    public static string Xyz(string version) => Numbers(version, 3);

    private static string Numbers(string version, int count)
    {
        if (string.IsNullOrWhiteSpace(version))
            return LabelBounds.Unknown;

        var text = version.AsSpan();
        var start = text[0] is 'v' or 'V' ? 1 : 0;
        var end = start;
        for (var found = 0; found < count; found++)
        {
            var from = found == 0 ? end : end + 1;
            if (from > start && (end >= text.Length || text[end] != '.'))
                break;

            var digits = from;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            if (digits == from)
                break;
            end = digits;
        }

        if (end == start || !IsSuffix(text[end..]))
            return version;
        return start == 0 && end == text.Length ? version : version[start..end];
    }

    /// <summary>What may follow the numbers: nothing, more numbers, or a marker such as <c>rc1</c>, <c>.post1</c> or <c>+build</c>.</summary>
    private static bool IsSuffix(ReadOnlySpan<char> rest) => rest switch
    {
        [] => true,
        ['.', var next, ..] => char.IsAsciiLetterOrDigit(next),
        ['-' or '+' or '_', ..] => true,
        [var first, ..] => char.IsAsciiLetter(first),
    };
}
