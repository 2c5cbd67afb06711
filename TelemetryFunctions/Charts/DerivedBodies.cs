using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Charts;

/// <summary>What is made of all charts at once, kept in memory while they are the ones stored.</summary>
public sealed class DerivedBodies(ChartBodies bodies, BodyResponses responses)
{
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly BodyCache _cache = new(MaxBytes);

    /// <summary>Sends a body that is good until the next day is summarized.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">What the body is, and what of the request it depends on.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IResult> SendAsync(HttpRequest request, string key, Func<Task<ChartBody?>> make, CancellationToken cancellation)
    {
        // It says through which day the charts are, so that no two days have the same.
        var overview = await bodies.GetOverviewAsync(cancellation);
        var body = await _cache.GetAsync(key, overview.Tag, make);
        return BodyResponses.Send(request, body!, responses.UntilNextRun(overview.ThroughMs));
    }
}
