using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Installs;

/// <summary>Composer's rule for the names of packages.</summary>
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

    /// <summary>True for <c>vendor/name</c> by Composer's rule.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length > MaxLength || !Form().IsMatch(name) || name.EndsWith(".json", StringComparison.Ordinal))
            return false;

        var vendor = VendorOf(name);
        return !Reserved.Contains(vendor) && !Reserved.Contains(name[(vendor.Length + 1)..]);
    }

    /// <summary>True for what can stand before the slash.</summary>
    public static bool IsVendor(string vendor) => IsValid(vendor + "/a");

    /// <summary>What stands before the slash of a valid name.</summary>
    public static string VendorOf(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)];

    // Atomic groups, as in Composer's own, so that no name makes it backtrack.
    [GeneratedRegex(@"^[a-z0-9](?>(?:[_.-]?(?>[a-z0-9]+))*)/[a-z0-9](?>(?:(?:[_.]|-{1,2})?(?>[a-z0-9]+))*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
