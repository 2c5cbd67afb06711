using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Relay.Receiving;

/// <summary>Checks reports as the service does, as far as can be without asking it.</summary>
/// <param name="catalogue">The product's catalogue; null where the relay was not given it.</param>
internal sealed class RelayAdmission(MetricCatalogue? catalogue)
{
    private const string Wanted = "Send a report as protobuf, or as JSON with Content-Type: application/json.";

    // Whether prereleases are wanted is the service's to say. Without its catalogue nobody knows what the members of its JSON are.
    private readonly ReportAdmission _admission = new(
        new ReportOptions(0, 0, 0, 0, AcceptPrereleases: true), catalogue ?? new MetricCatalogue([]) { Report = ReportMembers.Default with { AreOwn = true } });

    /// <summary>Reads a report.</summary>
    /// <returns>Its body, and its system, or null where only the product's catalogue tells which member has it.</returns>
    /// <exception cref="RequestRejectedException">The service would refuse it.</exception>
    public async Task<(byte[] Body, SystemId? System)> AdmitAsync(HttpRequest request, CancellationToken cancellation)
    {
        var format = ReportFormats.Parse(request.ContentType);
        var body = await RequestBody.ReadAsync(request, ReportLimits.MaxBytes, Wanted, cancellation);
        if (catalogue is null && IsNameless(body, format))
            return (body, null);

        var system = _admission.Admit(body, format).System;
        request.ThrowIfUnproven(system);
        return (body, system);
    }

    private static bool IsNameless(byte[] body, ReportFormat format)
    {
        try
        {
            return ReportParser.Read(body, format, isOwn: true).SystemId.Length == 0;
        }
        catch (FormatException)
        {
            // What reads it again says what is wrong.
            return false;
        }
    }
}
