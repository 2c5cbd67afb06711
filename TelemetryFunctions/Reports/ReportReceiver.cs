using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>Takes in reports: reads, checks, decides whether they are wanted here, stores.</summary>
public sealed class ReportReceiver(ReportStore reports, ReportAdmission admission, RelayKey relayKey, ReportMeter meter, ClockWatch clockWatch)
{
    /// <summary>Takes in the report of a request. Returns when it is durable.</summary>
    /// <exception cref="RequestRejectedException">The request is no report, or does not prove to be of the system that it names.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is.</exception>
    public async Task<TakenReport> ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        clockWatch.ThrowIfNotSet();
        try
        {
            var day = request.ReadDay();
            var report = await admission.AdmitAsync(request, cancellation);
            request.ThrowIfUnproven(report.System);

            // Anybody may send for another id, and would change what a day that is almost over says of its system.
            var isBelieved = report.System.IsMadeOfKey || relayKey.IsOf(request);
            return await StoreAsync(report, isBelieved ? day : null, cancellation);
        }
        catch (RequestRejectedException e)
        {
            meter.Rejected(e.Status);
            throw;
        }
    }

    /// <summary>Takes in a report that needs no proof, because the caller made it.</summary>
    /// <inheritdoc cref="ReceiveAsync(HttpRequest, CancellationToken)"/>
    public Task<TakenReport> ReceiveAsync(byte[] body, ReportFormat format, CancellationToken cancellation) =>
        StoreAsync(admission.Admit(body, format), null, cancellation);

    private async Task<TakenReport> StoreAsync(AdmittedReport report, Window? day, CancellationToken cancellation)
    {
        if (report.Unwanted is { } reason)
        {
            meter.Ignored();
            return new TakenReport(reason, null);
        }

        var counted = await reports.StoreAsync(report.System, report.Body, report.Format, day, cancellation);
        meter.Accepted(report.Format);
        return new TakenReport(null, DateOnly.FromDateTime(counted.Start.UtcDateTime));
    }
}

/// <summary>What became of a report that is one.</summary>
/// <param name="Unwanted">Why it is not wanted here; null where it was stored.</param>
/// <param name="Day">The day on which it counts; null where it was not stored.</param>
public sealed record TakenReport(string? Unwanted, DateOnly? Day);
