using System.Text.RegularExpressions;

namespace TelemetryFunctions.Privacy;

/// <summary>Something that a text can look like, and that tells of a person, a machine or a place.</summary>
/// <param name="Name">What the catalogue, the audit and <c>/health</c> call it.</param>
/// <param name="Finds">True where a text has it. It takes a time that is linear in the text's length: texts come from strangers.</param>
public sealed record PersonalRule(string Name, Func<string, bool> Finds)
{
    /// <summary>What it finds in the text of a version; null where versions look like it by their nature, as a hash of a commit does.</summary>
    public Func<string, bool>? FindsInVersion { get; init; }

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<PersonalRule> All { get; } =
    [
        NetworkRules.Mail, NetworkRules.IpAddress, NetworkRules.MacAddress, HostNames.Rule,
        Paths.Rule, Secrets.Rule, RandomText.Rule, Coordinates.Rule, PhoneRule.Rule,
    ];

    /// <summary>The rule of a name, or null.</summary>
    public static PersonalRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>The rules that find something in a text, without the text.</summary>
    /// <param name="text">A label, a name, or a value of a report.</param>
    /// <param name="isVersion">True where it is a version, as the metric or the member says that carries it.</param>
    public static IEnumerable<PersonalRule> In(string text, bool isVersion = false) =>
        All.Where(rule => (isVersion ? rule.FindsInVersion : rule.Finds)?.Invoke(text) is true);

    /// <summary>A rule that is one pattern, and holds for versions too.</summary>
    internal static PersonalRule Of(string name, string pattern)
    {
        var regex = Pattern(pattern);
        return new PersonalRule(name, regex.IsMatch) { FindsInVersion = regex.IsMatch };
    }

    /// <summary>A pattern that no text can make slow.</summary>
    internal static Regex Pattern(string pattern, RegexOptions options = RegexOptions.None) =>
        new(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
