using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>
/// Summarizes every source at once, where the site is a developer's own: reports with today so far, and others through their last window that
/// is over.
/// </summary>
public sealed class SummaryOnDemand(
    SummaryRunner runner, ReportSource reports, IEnumerable<ISummarySource> sources, RouteTable routes, IConfiguration configuration)
{
    public async Task<IResult> RunAsync(CancellationToken cancellation)
    {
        if (!configuration.IsDevelopment())
        {
            return Answers.MethodNotAllowed(
                routes.OfRoot,
                "PUT summarizes at once in development only. Set AZURE_FUNCTIONS_ENVIRONMENT=Development, or wait for midnight UTC.");
        }

        var others = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var source in sources.Where(source => source != reports))
        {
            if (await runner.RunWithProvisionalAsync(source, cancellation) is not { } other)
                return Busy();
            others[source.Name] = other.Rows;
        }

        return await runner.RunWithProvisionalAsync(reports, cancellation) is { } result
            ? TypedResults.Json(Answer(result, others), ApiJson.Default.SummaryAnswer)
            : Busy();
    }

    private static IResult Busy() => Answers.Problem(StatusCodes.Status409Conflict, "Another run is at work. Try again when it is done.");

    private static SummaryAnswer Answer(RunResult result, SortedDictionary<string, long> others) => new(
        [.. result.Windows.Select(Day)],
        result.Provisional is { } provisional ? Day(provisional) : null,
        result.Rows,
        result.Skipped,
        result.Expired,
        others);

    private static DateOnly Day(Window window) => DateOnly.FromDateTime(window.Start.UtcDateTime);
}
