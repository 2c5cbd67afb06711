namespace TelemetryFunctions.Client.Reports;

/// <summary>The daily report, to be shown to whoever wants to see it.</summary>
public interface IDailyReport
{
    /// <summary>
    /// The body of a report exactly as it would be sent now. Nothing is sent, and nothing is made: before the first start with reports turned
    /// on there is no id, and zeros stand in its place.
    /// </summary>
    /// <param name="cancellation">Ends the wait.</param>
    Task<string> PreviewAsync(CancellationToken cancellation);
}
