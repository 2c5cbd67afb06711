using System.Text.Json.Serialization;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>What an export consists of: the file <c>manifest.json</c>.</summary>
/// <param name="Format">Raised when an older version can't read it any more.</param>
/// <param name="First">The first day that charts show.</param>
/// <param name="Through">The last day that is in it.</param>
/// <param name="MinimumLabelSystems">Labels that fewer systems carry are not in it by their names.</param>
/// <param name="Files">Every other file.</param>
internal sealed record ExportManifest(int Format, DateOnly First, DateOnly Through, int MinimumLabelSystems, IReadOnlyList<ExportedFile> Files)
{
    /// <summary>True where small counts have noise, and may be below that minimum for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasNoise { get; init; }

    /// <summary>Until when installs are counted; not there where none are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExportedInstalls? Installs { get; init; }

    /// <summary>Days on which the service was down; not there where it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExportedOutage>? Outages { get; init; }

    /// <summary>Days that could not be summarized again; not there where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExportedDays>? Kept { get; init; }

    public const string FileName = "manifest.json";

    public const int Newest = 1;

    public const string Catalogue = "metrics.yaml";

    public const string Parquet = "points.parquet";
}

/// <summary>A file of an export.</summary>
/// <param name="Path">Its path below the directory, with slashes.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hex.</param>
internal sealed record ExportedFile(string Path, string Sha256)
{
    /// <summary>What it has the points of; not there where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExportedSeries? Series { get; init; }
}

/// <summary>The installs of an export.</summary>
/// <param name="First">The start of the first window that was counted.</param>
/// <param name="Through">The end of the last one.</param>
internal sealed record ExportedInstalls(DateTimeOffset First, DateTimeOffset Through);

/// <summary>A day on which the service was down.</summary>
/// <param name="Day">The day.</param>
/// <param name="Hours">For how many hours.</param>
internal sealed record ExportedOutage(DateOnly Day, int Hours);

/// <summary>Days that follow one another.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last one.</param>
internal sealed record ExportedDays(DateOnly First, DateOnly Last);

/// <summary>A series of an export.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="First">The first day on which it was there.</param>
/// <param name="Last">The last one.</param>
/// <param name="Points">How many points it has.</param>
internal sealed record ExportedSeries(string Metric, DateOnly First, DateOnly Last, int Points)
{
    /// <summary>The breakdown; not there where there is only one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>A name from reports, such as a component's; not there where the metric has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ExportManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
