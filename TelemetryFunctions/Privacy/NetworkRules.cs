using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Privacy;

/// <summary>Addresses of people and machines.</summary>
internal static class NetworkRules
{
    // Each label of the domain has a letter: name@v1.2.beta is a package in a version. As people hide them, too: name (at) example (dot) org.
    private const string Label = @"[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*";

    public static readonly PersonalRule Mail = PersonalRule.Of(
        "e-mail", $@"[\p{{L}}\p{{N}}_%'-](@|%40|\s?[(\[]at[)\]]\s?){Label}(\.|\s?[(\[]dot[)\]]\s?)({Label}(\.|\s?[(\[]dot[)\]]\s?))*\p{{L}}{{2,}}");

    public static readonly PersonalRule IpAddress = new("ip-address", text => Words.Of(text).Any(word => IsIpV4(word) || IsIpV6(word)))
    {
        // 10.0.19045.3803 and 1.2.3.4 are versions; what no version begins with is none.
        FindsInVersion = text => Words.Of(text).Any(word => (IsIpV4(word) && IsOfNoVersion(word)) || IsIpV6(word)),
    };

    // Of digits alone, pairs behind dashes are a time.
    public static readonly PersonalRule MacAddress = new("mac-address", HasMac) { FindsInVersion = HasMac };

    private const string Quad = @"((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)";

    // One, one with a port, or a range.
    private static readonly Regex DottedQuad =
        PersonalRule.Pattern($@"^{Quad}(:\d{{1,5}}|-{Quad})?$");

    private static readonly Regex Local = PersonalRule.Pattern(@"^(192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|127\.0\.0\.1)");

    private static readonly Regex Mac =
        PersonalRule.Pattern(@"^([0-9A-Fa-f]{2}:){5}([0-9A-Fa-f]{2}:){0,2}[0-9A-Fa-f]{2}$|^([0-9A-Fa-f]{2}-){5}([0-9A-Fa-f]{2}-){0,2}[0-9A-Fa-f]{2}$|^([0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}$");

    private static bool IsIpV4(string word) => DottedQuad.IsMatch(word);

    private static bool IsOfNoVersion(string word) => Local.IsMatch(word);

    // Foo::Bar is a name, and 12:34:56 a time: what an address is, the framework says.
    private static bool IsIpV6(string word) =>
        word.Count(character => character == ':') >= 2 && word.Any(char.IsAsciiDigit) && word.All(IsOfIpV6)
        && IPAddress.TryParse(word.Split('%')[0], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsOfIpV6(char character) => char.IsAsciiLetterOrDigit(character) || character is ':' or '.' or '%';

    private static bool HasMac(string text) =>
        Words.Of(text).Any(word => Mac.IsMatch(word) && (word.Contains(':', StringComparison.Ordinal) || (word.Any(char.IsAsciiLetter) && word.Any(char.IsAsciiDigit))));
}
