using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>Takes in reports: reads, checks, decides whether they are wanted here, stores.</summary>
public sealed class ReportReceiver(ReportStore reports, ReportAdmission admission, ReportMeter meter, ClockWatch clockWatch)
{
    /// <summary>Takes in the report of a request. Returns when it is durable.</summary>
    /// <returns>Null where it was stored, else why it is not wanted.</returns>
    /// <exception cref="RequestRejectedException">The request is no report, or does not prove to be of the system that it names.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is.</exception>
    public async Task<string?> ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        clockWatch.ThrowIfNotSet();
        try
        {
            var report = await admission.AdmitAsync(request, cancellation);
            request.ThrowIfUnproven(report.System);
            return await StoreAsync(report, cancellation);
        }
        catch (RequestRejectedException e)
        {
            meter.Rejected(e.Status);
            throw;
        }
    }

    /// <summary>Takes in a report that needs no proof, because the caller made it.</summary>
    /// <inheritdoc cref="ReceiveAsync(HttpRequest, CancellationToken)"/>
    public Task<string?> ReceiveAsync(byte[] body, ReportFormat format, CancellationToken cancellation) =>
        StoreAsync(admission.Admit(body, format), cancellation);

    private async Task<string?> StoreAsync(AdmittedReport report, CancellationToken cancellation)
    {
        if (report.Unwanted is { } reason)
        {
            meter.Ignored();
            return reason;
        }

        await reports.StoreAsync(report.System, report.Body, report.Format, cancellation);
        meter.Accepted(report.Format);
        return null;
    }
}
