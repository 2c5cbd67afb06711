namespace TelemetryFunctions.Client.Reports;

/// <summary>The product's part of a report: what it says of itself.</summary>
public interface IReportSource
{
    /// <summary>Fills in a report, above all its components and properties. The system's id is filled in behind it.</summary>
    /// <param name="report">The report, empty so far.</param>
    /// <param name="cancellation">Ends the wait, when the host stops.</param>
    ValueTask FillAsync(Report report, CancellationToken cancellation);
}
