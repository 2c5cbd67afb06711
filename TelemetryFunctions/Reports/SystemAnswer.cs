using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelemetryFunctions.Reports;

/// <summary>The JSON of what is stored of a system. A report may be as deep as the parser of reports goes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = MaxDepth)]
[JsonSerializable(typeof(SystemAnswer))]
internal sealed partial class SystemJson : JsonSerializerContext
{
    public const int MaxDepth = 256;
}

/// <summary>All that is stored under a system's id.</summary>
/// <param name="FirstSeen">The first day with a report; null before that day is summarized.</param>
/// <param name="LastSeen">The last day with a report that is summarized; null before.</param>
/// <param name="Days">The days of which there is a report, oldest first.</param>
/// <param name="LastReport">The last one; null where all have expired.</param>
internal sealed record SystemAnswer(DateOnly? FirstSeen, DateOnly? LastSeen, IReadOnlyList<DateOnly> Days, LastReportAnswer? LastReport)
{
    public static SystemAnswer Of(StoredSystem system) => new(
        system.FirstSeen, system.LastSeen, system.Days, system.LastReport is { } report ? LastReportAnswer.Of(report) : null);
}

/// <summary>A report as it was sent.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Format"><c>json</c> or <c>protobuf</c>.</param>
/// <param name="Payload">Its bytes in base64, after gunzip.</param>
/// <param name="Report">It as JSON: as it was sent, or as the schema maps it; null where it can't be read.</param>
internal sealed record LastReportAnswer(DateTimeOffset ReceivedAt, string Format, byte[] Payload, JsonElement? Report)
{
    public static LastReportAnswer Of(ReceivedReport report) => new(report.ReceivedAt, report.Format, report.Payload, Read(report));

    private static JsonElement? Read(ReceivedReport report)
    {
        try
        {
            var json = ReportFormats.FromName(report.Format) == ReportFormat.Json
                ? report.Payload.AsMemory()
                : Encoding.UTF8.GetBytes(ReportExample.Write(ReportParser.Read(report.Payload, ReportFormat.Protobuf)));
            if (json.Span.StartsWith(Encoding.UTF8.Preamble))
                json = json[Encoding.UTF8.Preamble.Length..];
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SystemJson.MaxDepth - 8 });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
