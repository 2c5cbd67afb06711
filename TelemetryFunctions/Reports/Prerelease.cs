using System.Text.RegularExpressions;

namespace TelemetryFunctions.Reports;

/// <summary>Tells prerelease and development versions from released ones.</summary>
public static partial class Prerelease
{
    /// <summary>
    /// True for a PEP 440 version with a pre or dev segment (<c>3.22.0rc1</c>, <c>3.22.0.dev0</c>) and for a SemVer version with
    /// a prerelease (<c>1.0.0-alpha.1</c>). Anything else, odd forms included, counts as released.
    /// </summary>
    /// <remarks>
    /// https://packaging.python.org/en/latest/specifications/version-specifiers/ and https://semver.org
    /// </remarks>
    public static bool Is(string version) => Pep440().IsMatch(version) || SemVer().IsMatch(version);

    [GeneratedRegex(
        """
        ^ \s* v? ([0-9]+!)? [0-9]+ (\.[0-9]+)*                            # epoch and release
        (                                                                 # then one or both of
          [-_.]? (a|b|c|rc|alpha|beta|pre|preview) [-_.]? [0-9]*          #   a pre segment, with
          ( -[0-9]+ | [-_.]? (post|rev|r) [-_.]? [0-9]* )?                #     perhaps a post and
          ( [-_.]? dev [-_.]? [0-9]* )?                                   #     a dev segment,
        | ( -[0-9]+ | [-_.]? (post|rev|r) [-_.]? [0-9]* )?                #   or, without one,
          [-_.]? dev [-_.]? [0-9]*                                        #     a dev segment
        )
        ( \+ [a-z0-9]+ ([-_.][a-z0-9]+)* )? \s* $                         # local version
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pep440();

    [GeneratedRegex(@"^v?[0-9]+\.[0-9]+\.[0-9]+-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SemVer();
}
