using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    Protobuf,
    Json,
}

/// <summary>Tells a report's format by its media type.</summary>
public static class ReportFormats
{
    /// <param name="contentType">The header's value, null or empty where there is none.</param>
    /// <exception cref="RequestRejectedException">Neither protobuf nor JSON in UTF-8.</exception>
    public static ReportFormat Parse(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
            return ReportFormat.Protobuf;

        if (MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            var isUtf8 = !type.Charset.HasValue || IsUtf8(HeaderUtilities.RemoveQuotes(type.Charset));
            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && isUtf8)
                return ReportFormat.Json;
            if (type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("application/protobuf", StringComparison.OrdinalIgnoreCase))
                return ReportFormat.Protobuf;
        }

        throw new RequestRejectedException(
            StatusCodes.Status415UnsupportedMediaType,
            $"Content-Type is \"{contentType}\". Send application/json in UTF-8, or protobuf as application/octet-stream or application/x-protobuf.");
    }

    /// <summary>Written as the standard does, or as many a client.</summary>
    private static bool IsUtf8(StringSegment charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name that a stored report carries.</summary>
    public static string Name(this ReportFormat format) => format == ReportFormat.Json ? "json" : "protobuf";

    /// <summary>The format with a name that <see cref="Name"/> gave.</summary>
    public static ReportFormat FromName(string name) => name switch
    {
        "json" => ReportFormat.Json,
        "protobuf" => ReportFormat.Protobuf,
        _ => throw new FormatException($"'{name}' is no format of reports."),
    };
}
