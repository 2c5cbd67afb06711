namespace TelemetryFunctions.Installs;

/// <summary>All that is kept of a client's user agent: whether it runs in CI, and two values of small closed sets.</summary>
/// <param name="IsCi">Whether the client says that it runs in CI.</param>
/// <param name="Platform">The family of its system.</param>
/// <param name="Php">The minor version of its PHP.</param>
/// <remarks>
/// Composer's is <c>Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1; Platform-PHP 8.1.0; CI)</c>, see
/// <c>StreamContextFactory::initOptions</c>. Any other says nothing. What is on no list is <see cref="InstallCounts.Other"/>.
/// </remarks>
public readonly record struct ClientAgent(bool IsCi, string Platform, string Php)
{
    private const string Product = "Composer/";
    private const string CommentStart = " (";
    private const string PartEnd = "; ";
    private const string PhpMark = "PHP ";
    private const string CiMark = "CI";

    private const int FirstMajor = 5;
    private const int LastMajor = 14;
    private const int Minors = 10;

    /// <summary>Says nothing.</summary>
    public static readonly ClientAgent Unknown = new(false, InstallCounts.Other, InstallCounts.Other);

    // What php_uname('s') says.
    private static readonly string[] Platforms = ["Linux", "Darwin", "Windows NT", "FreeBSD", "NetBSD", "OpenBSD", "SunOS"];

    private static readonly string[] PhpVersions =
        [.. Enumerable.Range(FirstMajor * Minors, (LastMajor - FirstMajor + 1) * Minors).Select(number => $"{number / Minors}.{number % Minors}")];

    public static ClientAgent Read(ReadOnlySpan<char> userAgent)
    {
        var start = userAgent.IndexOf(CommentStart, StringComparison.Ordinal);
        if (start < 0 || !userAgent.StartsWith(Product, StringComparison.Ordinal) || userAgent[^1] != ')')
            return Unknown;

        var agent = Unknown;
        var isFirst = true;
        for (var rest = userAgent[(start + CommentStart.Length)..^1]; ; isFirst = false)
        {
            var end = rest.IndexOf(PartEnd, StringComparison.Ordinal);
            var part = end < 0 ? rest : rest[..end];
            if (isFirst)
                agent = agent with { Platform = PlatformOf(part) };
            else if (part.StartsWith(PhpMark, StringComparison.Ordinal))
                agent = agent with { Php = PhpOf(part[PhpMark.Length..]) };
            if (end < 0)
                return agent with { IsCi = part.SequenceEqual(CiMark) };
            rest = rest[(end + PartEnd.Length)..];
        }
    }

    private static string PlatformOf(ReadOnlySpan<char> name)
    {
        foreach (var platform in Platforms)
        {
            if (name.SequenceEqual(platform))
                return platform;
        }

        return InstallCounts.Other;
    }

    /// <summary>The first two numbers of a version that has three.</summary>
    private static string PhpOf(ReadOnlySpan<char> version)
    {
        var end = version.IndexOf('.');
        if (end < 1 || version.Length < end + 3 || version[end + 2] != '.' || !char.IsAsciiDigit(version[end + 1])
            || !int.TryParse(version[..end], System.Globalization.NumberStyles.None, null, out var major) || major is < FirstMajor or > LastMajor)
        {
            return InstallCounts.Other;
        }

        return PhpVersions[(major - FirstMajor) * Minors + version[end + 1] - '0'];
    }
}
