using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>Reads and checks what is sent as a report, and decides whether it is wanted here. It stores nothing.</summary>
public sealed class ReportAdmission(ReportOptions options, MetricCatalogue catalogue)
{
    private const string Wanted = "Send a report as protobuf, or as JSON with Content-Type: application/json.";
    private const string Shared = "The id is one that others have too: it is an example, or has a pattern in place of random digits. Make a random UUID for this system, and keep it.";

    /// <summary>Reads the report of a request.</summary>
    /// <exception cref="RequestRejectedException">The request is no report.</exception>
    public async Task<AdmittedReport> AdmitAsync(HttpRequest request, CancellationToken cancellation)
    {
        var format = ReportFormats.Parse(request.ContentType);
        return Admit(await RequestBody.ReadAsync(request, ReportLimits.MaxBytes, Wanted, cancellation), format);
    }

    /// <summary>Reads a report.</summary>
    /// <exception cref="RequestRejectedException">It is no report.</exception>
    public AdmittedReport Admit(byte[] body, ReportFormat format)
    {
        var (system, report) = ReportParser.Parse(body, format, catalogue.Report);
        if (SharedIds.Has(system.ToString()))
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, Shared);
        var prerelease = options.AcceptPrereleases ? null : report.Components.FirstOrDefault(component => Prerelease.Is(component.Version));
        return new AdmittedReport(system, body, format, prerelease is null
            ? null
            : $"{Shown(prerelease.Name)} {Shown(prerelease.Version)} is a prerelease; this site counts released versions.");
    }

    /// <summary>A text of the report as it is answered: no longer than one that means something.</summary>
    private static string Shown(string text) => text.Length <= LabelText.MaxLength ? text : text[..LabelText.MaxLength] + "…";
}

/// <summary>A report that was read and checked.</summary>
/// <param name="System">Whose it is.</param>
/// <param name="Body">The body after gunzip, as it was sent.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Unwanted">Why it is not stored here; null where it is.</param>
public sealed record AdmittedReport(SystemId System, byte[] Body, ReportFormat Format, string? Unwanted);
