using System.Text.Json.Serialization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The JSON of the packages. Counters that are 0 are left out; those of installs in CI are not, and null where they are not known.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PackageListAnswer))]
[JsonSerializable(typeof(PackageAnswer))]
internal sealed partial class PackagesJson : JsonSerializerContext;

/// <summary>A page of the list.</summary>
/// <param name="Through">The end of the last window that is rolled up; absent before the first.</param>
/// <param name="Found">Packages on all pages.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Packages">The packages on this page.</param>
/// <param name="Platforms">Installs by platform; on the first page of the whole list.</param>
/// <param name="Php">Installs by minor version of PHP; there too.</param>
internal sealed record PackageListAnswer(
    DateTimeOffset? Through,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Found,
    int Page,
    int Pages,
    IReadOnlyList<PackageListAnswerEntry> Packages,
    ShareAnswer? Platforms,
    ShareAnswer? Php);

/// <summary>Installs by label over time.</summary>
/// <param name="By"><c>day</c>, <c>week</c> or <c>month</c>: what a value is of.</param>
/// <param name="Times">The starts of the days, weeks or months in epoch ms, oldest first.</param>
/// <param name="Series">The labels.</param>
internal sealed record ShareAnswer(string By, IReadOnlyList<long> Times, IReadOnlyList<ShareAnswerSeries> Series);

/// <summary>A label with its installs, one a time; null where they are part of <c>other</c>.</summary>
internal sealed record ShareAnswerSeries(string Label, IReadOnlyList<long?> Values);

/// <summary>A package in the list.</summary>
internal sealed record PackageListAnswerEntry(
    string Name,
    string Href,
    long Last30Days,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? CiLast30Days,
    long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Ci,
    DateOnly? CiSince,
    DateTimeOffset LastInstalledAt);

/// <summary>A package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Through">The end of the last window that is rolled up; absent before the first.</param>
/// <param name="Last30Days">Installs of the last 30 days.</param>
/// <param name="CiLast30Days">Those of the last 30 days in CI.</param>
/// <param name="Total">Installs of all time.</param>
/// <param name="Ci">Those in CI since <paramref name="CiSince"/>.</param>
/// <param name="CiSince">The first day on which CI is told apart; absent where it always was.</param>
/// <param name="LastInstalledAt">The start of the hour of the last install.</param>
/// <param name="By"><c>day</c>, <c>week</c> or <c>month</c>: what a value is of.</param>
/// <param name="Times">The starts of the days, weeks or months in epoch ms, oldest first.</param>
/// <param name="Values">Installs, one a time.</param>
/// <param name="CiValues">Those in CI, one a time; null where they were not told apart.</param>
/// <param name="Versions">Its versions, those with the most installs first, of as many the newest.</param>
internal sealed record PackageAnswer(
    string Name,
    DateTimeOffset? Through,
    long Last30Days,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? CiLast30Days,
    long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Ci,
    DateOnly? CiSince,
    DateTimeOffset LastInstalledAt,
    string By,
    IReadOnlyList<long> Times,
    IReadOnlyList<long> Values,
    IReadOnlyList<long?> CiValues,
    IReadOnlyList<PackageVersionAnswer> Versions);

/// <summary>A version of a package.</summary>
internal sealed record PackageVersionAnswer(
    string Version,
    long Last30Days,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? CiLast30Days,
    long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Ci,
    DateOnly? CiSince,
    DateTimeOffset LastInstalledAt);
