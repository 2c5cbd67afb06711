using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Reports;

/// <summary>Reads reports, protobuf or its JSON mapping.</summary>
public static class ReportParser
{
    private static readonly MessageParser<Report> Protobuf = Report.Parser.WithDiscardUnknownFields(true);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a report and checks its bounds. An odd name or version in it is no reason to refuse it: it counts as <c>other</c>.</summary>
    /// <exception cref="ReportRejectedException">The body is no report, or is beyond <see cref="ReportLimits"/>.</exception>
    public static (SystemId System, Report Report) Parse(ReadOnlySpan<byte> body, ReportFormat format)
    {
        Report report;
        try
        {
            report = Read(body, format);
        }
        catch (FormatException e)
        {
            throw Rejected($"The body is no {(format == ReportFormat.Json ? "JSON" : "protobuf")} report as telemetry.proto describes it: {e.Message}");
        }

        if (report.SystemId.Length == 0)
            throw Rejected("The report has no system_id. Send a UUID that the installation made for itself.");
        if (!SystemId.TryParse(report.SystemId, out var system))
            throw Rejected("system_id is not a UUID: 32 hex digits, with or without dashes.");
        if (report.Components.Count > ReportLimits.MaxComponents)
            throw Rejected($"The report has {report.Components.Count} components; at most {ReportLimits.MaxComponents} are taken.");
        return (system, report);
    }

    /// <summary>Reads a report without checking it.</summary>
    /// <exception cref="FormatException">
    /// The body is no report: whatever a parser throws at it is this, because not all that they throw is foreseen.
    /// </exception>
    public static Report Read(ReadOnlySpan<byte> body, ReportFormat format)
    {
        try
        {
            return format == ReportFormat.Protobuf ? Protobuf.ParseFrom(body) : Json.Parse<Report>(Text(body));
        }
        catch (Exception e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static string Text(ReadOnlySpan<byte> body) =>
        Utf8.GetString(body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);

    private static ReportRejectedException Rejected(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
