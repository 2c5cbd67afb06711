namespace TelemetryFunctions.Summaries;

/// <summary>Makes something of the points of windows that are done.</summary>
public interface ISummaryObserver
{
    /// <summary>
    /// Called once after the windows of a run, under the run's lease, and again by the next run where this one is killed before it
    /// has returned: doing it twice must give the same.
    /// </summary>
    /// <param name="source">Whose windows they are.</param>
    /// <param name="progress">What is done; what was done when this was last called is for the observer to know.</param>
    /// <param name="cancellation">Ends it when the lease is lost.</param>
    Task SummarizedAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation);

    /// <summary>True where it is to be called though no window was done since it was: what it makes depends on something else too.</summary>
    Task<bool> IsDueAsync(ISummarySource source, CancellationToken cancellation) => Task.FromResult(false);
}
