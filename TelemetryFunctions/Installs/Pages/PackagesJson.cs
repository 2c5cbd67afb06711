using System.Text.Json.Serialization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The JSON of the packages. Counters that are 0 are left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PackageListAnswer))]
[JsonSerializable(typeof(PackageAnswer))]
[JsonSerializable(typeof(ShieldsBadge))]
internal sealed partial class PackagesJson : JsonSerializerContext;

/// <summary>A page of the list.</summary>
/// <param name="Through">The end of the last window that is rolled up; absent before the first.</param>
/// <param name="Found">Packages on all pages.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Packages">The packages on this page.</param>
internal sealed record PackageListAnswer(
    DateTimeOffset? Through,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Found,
    int Page,
    int Pages,
    IReadOnlyList<PackageListAnswerEntry> Packages);

/// <summary>A package in the list.</summary>
internal sealed record PackageListAnswerEntry(string Name, string Href, long Last30Days, long Total, DateTimeOffset LastInstalledAt);

/// <summary>A package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Through">The end of the last window that is rolled up; absent before the first.</param>
/// <param name="Last30Days">Installs of the last 30 days.</param>
/// <param name="Total">Installs of all time.</param>
/// <param name="LastInstalledAt">The start of the hour of the last install.</param>
/// <param name="By"><c>day</c>, <c>week</c> or <c>month</c>: what a value is of.</param>
/// <param name="Times">The starts of the days, weeks or months in epoch ms, oldest first.</param>
/// <param name="Values">Installs, one a time.</param>
/// <param name="Versions">Its versions, those with the most installs first, of as many the newest.</param>
internal sealed record PackageAnswer(
    string Name,
    DateTimeOffset? Through,
    long Last30Days,
    long Total,
    DateTimeOffset LastInstalledAt,
    string By,
    IReadOnlyList<long> Times,
    IReadOnlyList<long> Values,
    IReadOnlyList<PackageVersionAnswer> Versions);

/// <summary>A version of a package.</summary>
internal sealed record PackageVersionAnswer(string Version, long Last30Days, long Total, DateTimeOffset LastInstalledAt);
