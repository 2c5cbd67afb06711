using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Marks;

/// <summary>What the maintainers say about days: releases, incidents, campaigns.</summary>
/// <param name="Notes">A mark each, by day.</param>
public sealed record Annotations(IReadOnlyList<ChartMark> Notes)
{
    public static readonly Annotations None = new([]);

    private const string Setting = "Telemetry:AnnotationsFile";

    /// <summary>A hash of all of them; empty where there are none.</summary>
    public string Tag { get; } = Notes.Count == 0 ? "" : Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Notes, ApiJson.Default.IReadOnlyListChartMark)).AsSpan(0, 16));

    /// <summary>Reads the file that <c>Telemetry__AnnotationsFile</c> names.</summary>
    /// <exception cref="StartupException">It can't be read, or is wrong.</exception>
    public static Annotations Read(IConfiguration configuration) =>
        configuration.ReadFile(Setting, "a file of annotations") is var (path, yaml) ? Parse(yaml, path, ReportMetrics.Read(configuration)) : None;

    /// <param name="yaml">The file's text.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="catalogue">The metrics whose charts they may name.</param>
    /// <exception cref="StartupException">Names the file, the line, the entry and the key that is wrong, and what is right.</exception>
    public static Annotations Parse(string yaml, string file, MetricCatalogue catalogue) => new(AnnotationsFile.Read(yaml, file, catalogue));
}
