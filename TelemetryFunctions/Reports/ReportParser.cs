using System.Collections;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>Reads reports, protobuf or its JSON mapping.</summary>
public static class ReportParser
{
    private static readonly MessageParser<Report> Protobuf = Report.Parser.WithDiscardUnknownFields(true);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a report and checks its bounds. An odd name or version in it is no reason to refuse it: it counts as <c>other</c>.</summary>
    /// <param name="body">The report.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="members">What the catalogue says about its members.</param>
    /// <exception cref="RequestRejectedException">The body is no report, or is beyond <see cref="ReportLimits"/>.</exception>
    public static (SystemId System, Report Report) Parse(ReadOnlySpan<byte> body, ReportFormat format, ReportMembers? members = null)
    {
        members ??= ReportMembers.Default;
        Report report;
        try
        {
            report = Read(body, format, members.Asked, members.AreOwn);
        }
        catch (FormatException e)
        {
            throw Rejected(format == ReportFormat.Json && members.AreOwn
                ? $"The body is no JSON object: {e.Message}"
                : $"The body is no {(format == ReportFormat.Json ? "JSON" : "protobuf")} report as telemetry.proto describes it: {e.Message}");
        }

        if (members.Forbidden.FirstOrDefault(name => Has(report, name)) is { } forbidden)
            throw Rejected($"The report has the member \"{forbidden}\", which this site refuses to be told. Leave it out.");

        var (name, id) = FindId(report, members);
        if (id.Length == 0)
            throw Rejected($"The report has no {name}. Send a UUID that the installation made for itself.");
        if (!SystemId.TryParse(id, out var system))
            throw Rejected($"{name} is not a UUID: 32 hex digits, with or without dashes.");
        if (report.Components.Count > ReportLimits.MaxComponents)
            throw Rejected($"The report has {report.Components.Count} components; at most {ReportLimits.MaxComponents} are taken.");
        return (system, report);
    }

    /// <summary>Reads a report without checking it.</summary>
    /// <param name="body">The report.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="properties">Members of a JSON report that become properties although the schema does not know them; null for none.</param>
    /// <param name="isOwn">True where the members of a JSON report are the product's own, whatever the schema has by their names.</param>
    /// <exception cref="FormatException">
    /// The body is no report: whatever a parser throws at it is this, because not all that they throw is foreseen.
    /// </exception>
    public static Report Read(ReadOnlySpan<byte> body, ReportFormat format, IReadOnlySet<string>? properties = null, bool isOwn = false)
    {
        try
        {
            if (format == ReportFormat.Protobuf)
                return Protobuf.ParseFrom(body);

            var json = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
            var text = Utf8.GetString(json);
            var report = isOwn ? Common(Json.Parse<OwnReport>(text)) : Json.Parse<Report>(text);
            if (properties is { Count: > 0 })
                JsonProperties.AddTo(report, json, properties, isOwn);
            return report;
        }
        catch (Exception e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static Report Common(OwnReport own) => new() { SystemId = own.SystemId, Properties = own.Properties };

    private static bool Has(Report report, string name) =>
        report.Properties?.Fields.ContainsKey(name) is true
        || Report.Descriptor.Fields.InDeclarationOrder().Any(field => (field.Name == name || field.JsonName == name) && IsSent(report, field.Accessor, field.HasPresence));

    private static bool IsSent(Report report, IFieldAccessor field, bool hasPresence) =>
        hasPresence ? field.HasValue(report) : field.GetValue(report) is not ("" or IList { Count: 0 });

    /// <summary>The system's id, and the member that carries it. The schema's own is taken where there is one.</summary>
    private static (string Name, string Id) FindId(Report report, ReportMembers members)
    {
        if (members.Id is not { } name)
            return ("system_id", report.SystemId);
        if (report.SystemId.Length > 0 || report.Properties?.Fields.TryGetValue(name, out var value) is not true)
            return (name, report.SystemId);
        return value.KindCase == Value.KindOneofCase.StringValue
            ? (name, value.StringValue)
            : throw Rejected($"{name} is no text; it must be the UUID of the system.");
    }

    private static RequestRejectedException Rejected(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
