using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>Brings the list of packages up to the installs that are rolled up.</summary>
public sealed class PackageListPublisher(PackageListStore list) : ISummaryObserver
{
    public Task SummarizedAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation) =>
        source.Name == InstallSource.SourceName && progress.Through is { } through
            ? list.PublishAsync(through, cancellation)
            : Task.CompletedTask;
}
