using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>Summarizes at once, today so far included, where the site is a developer's own.</summary>
public sealed class SummaryOnDemand(SummaryRunner runner, ReportSource reports, RouteTable routes, IConfiguration configuration)
{
    public async Task<IResult> RunAsync(CancellationToken cancellation)
    {
        if (!configuration.IsDevelopment())
        {
            return Answers.MethodNotAllowed(
                routes.OfRoot,
                "PUT summarizes at once in development only. Set AZURE_FUNCTIONS_ENVIRONMENT=Development, or wait for midnight UTC.");
        }

        return await runner.RunWithProvisionalAsync(reports, cancellation) is { } result
            ? TypedResults.Json(Answer(result), ApiJson.Default.SummaryAnswer)
            : Answers.Problem(StatusCodes.Status409Conflict, "Another run is at work. Try again when it is done.");
    }

    private static SummaryAnswer Answer(RunResult result) => new(
        [.. result.Windows.Select(Day)],
        result.Provisional is { } provisional ? Day(provisional) : null,
        result.Rows,
        result.Skipped,
        result.Expired);

    private static DateOnly Day(Window window) => DateOnly.FromDateTime(window.Start.UtcDateTime);
}
