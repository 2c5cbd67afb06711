using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Installs;

/// <summary>Composer's rule for the names of packages, which are the same in upper and lower case.</summary>
/// <remarks>Source: ValidatingArrayLoader::hasPackageNamingError and https://getcomposer.org/doc/04-schema.md#name</remarks>
public static partial class PackageName
{
    /// <summary>Characters of a name: what Packagist keeps, and what fits into keys together with a version.</summary>
    public const int MaxLength = 191;

    private static readonly FrozenSet<string> Reserved = new[]
    {
        "nul", "con", "prn", "aux",
        "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name by which <c>vendor/name</c> is counted, in lower case, or null where it is none by Composer's rule.</summary>
    /// <remarks>Composer itself sends a name as its author writes it, such as <c>natxet/CssMin</c>, and looks it up in lower case.</remarks>
    public static string? Read(string name)
    {
        if (name.Length > MaxLength || !Ascii.IsValid(name))
            return null;

        name = Lower(name);
        if (!Form().IsMatch(name) || name.EndsWith(".json", StringComparison.Ordinal))
            return null;

        var vendor = VendorOf(name);
        return Reserved.Contains(vendor) || Reserved.Contains(name[(vendor.Length + 1)..]) ? null : name;
    }

    /// <summary>What can stand before the slash, in lower case, or null where it can't.</summary>
    public static string? ReadVendor(string vendor) => Read(vendor + "/a") is { } name ? VendorOf(name) : null;

    /// <summary>What stands before the slash of a valid name.</summary>
    public static string VendorOf(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)];

    private static string Lower(string name) =>
        !name.AsSpan().ContainsAnyInRange('A', 'Z')
            ? name
            : string.Create(name.Length, name, (lower, source) => Ascii.ToLower(source, lower, out _));

    // Atomic groups, as in Composer's own, so that no name makes it backtrack.
    [GeneratedRegex(@"^[a-z0-9](?>(?:[_.-]?(?>[a-z0-9]+))*)/[a-z0-9](?>(?:(?:[_.]|-{1,2})?(?>[a-z0-9]+))*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
