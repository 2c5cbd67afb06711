using System.Text.Json.Serialization;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>How the versions of one component came and went.</summary>
/// <param name="Id">The id of its chart.</param>
/// <param name="Title">What a visitor reads above it.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="By">The breakdown: what is one version.</param>
/// <param name="Through">The last day that is done, or null.</param>
/// <param name="Versions">Every version that had a value, newest first.</param>
/// <param name="Curves">How the newest versions were taken up, newest first.</param>
/// <param name="Supported">How many are on supported versions; null where the catalogue does not say which these are.</param>
public sealed record AdoptionDocument(
    string Id,
    string Title,
    string Unit,
    string By,
    DateOnly? Through,
    IReadOnlyList<VersionLifetime> Versions,
    IReadOnlyList<AdoptionCurve> Curves,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SupportedShares? Supported);

/// <summary>The life of one version.</summary>
/// <param name="Version">The version.</param>
/// <param name="FirstSeen">The first day on which so many had it that it is told; null where it was there before what is known.</param>
/// <param name="PeakDay">The day on which its share was largest.</param>
/// <param name="PeakValue">How many had it that day.</param>
/// <param name="PeakShare">Its share that day, over 0 and up to 1.</param>
/// <param name="HalfLifeDays">Days from its peak until it had half of that share, or less; null where it still has more, or that is not known.</param>
/// <param name="LastSeen">The last day on which so many had it that it is told.</param>
/// <param name="Share">Its share on the last day; null where that is not known.</param>
/// <param name="IsSupported">Whether it is supported; null where the catalogue does not say which versions are.</param>
public sealed record VersionLifetime(
    string Version,
    DateOnly? FirstSeen,
    DateOnly PeakDay,
    double PeakValue,
    double PeakShare,
    int? HalfLifeDays,
    DateOnly LastSeen,
    double? Share,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsSupported);

/// <summary>How a version was taken up.</summary>
/// <param name="Version">The version.</param>
/// <param name="Shares">Its share, one a day since it was first seen; null where it is not known.</param>
public sealed record AdoptionCurve(string Version, IReadOnlyList<double?> Shares);

/// <summary>How many of those whose version is told are on one that is supported.</summary>
/// <param name="Versions">The supported versions, as the catalogue has them.</param>
/// <param name="Times">The starts of the days in epoch ms, oldest first.</param>
/// <param name="Shares">From 0 to 1, one a time; null where nothing is known.</param>
public sealed record SupportedShares(IReadOnlyList<string> Versions, IReadOnlyList<long> Times, IReadOnlyList<double?> Shares);
