using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>Takes in reports: reads, checks, decides whether they are wanted here, stores.</summary>
public sealed class ReportReceiver(ReportStore reports, ReportOptions options, MetricCatalogue catalogue, ReportMeter meter, ClockWatch clockWatch)
{
    /// <summary>Takes in the report of a request. Returns when it is durable.</summary>
    /// <returns>Null where it was stored, else why it is not wanted.</returns>
    /// <exception cref="ReportRejectedException">The request is no report.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is.</exception>
    public async Task<string?> ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        clockWatch.ThrowIfNotSet();
        try
        {
            var format = ReportFormats.Parse(request.ContentType);
            return await ReceiveAsync(await ReportBody.ReadAsync(request, cancellation), format, cancellation);
        }
        catch (ReportRejectedException e)
        {
            meter.Rejected(e.Status);
            throw;
        }
    }

    /// <summary>Takes in a report.</summary>
    /// <inheritdoc cref="ReceiveAsync(HttpRequest, CancellationToken)"/>
    public async Task<string?> ReceiveAsync(byte[] body, ReportFormat format, CancellationToken cancellation)
    {
        var (system, report) = ReportParser.Parse(body, format, catalogue.Report);
        if (!options.AcceptPrereleases && report.Components.FirstOrDefault(component => Prerelease.Is(component.Version)) is { } prerelease)
        {
            meter.Ignored();
            return $"{Shown(prerelease.Name)} {Shown(prerelease.Version)} is a prerelease; this site counts released versions.";
        }

        await reports.StoreAsync(system, body, format, cancellation);
        meter.Accepted(format);
        return null;
    }

    /// <summary>A text of the report as it is answered: no longer than one that means something.</summary>
    private static string Shown(string text) => text.Length <= LabelText.MaxLength ? text : text[..LabelText.MaxLength] + "…";
}
