using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>Answers that several functions give.</summary>
public static class Answers
{
    private const int RetryAfterSeconds = 10;

    /// <summary>Runs a handler; what can go wrong with the store becomes 503 with Retry-After.</summary>
    public static async Task<IResult> TryAsync(Func<Task<IResult>> handler)
    {
        try
        {
            return await handler();
        }
        catch (ReportRejectedException e)
        {
            return Problem(e.Status, e.Message);
        }
        catch (StoreUnavailableException)
        {
            return Unavailable("The store can't be reached now. Send the same request again later.");
        }
        catch (ClockNotSetException e)
        {
            return Unavailable(e.Message);
        }
    }

    /// <summary>A problem document (RFC 9457) that says what to mend.</summary>
    public static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>503 with Retry-After: the same request may succeed later.</summary>
    public static IResult Unavailable(string detail) => new UnavailableResult(detail);

    private sealed class UnavailableResult(string detail) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status503ServiceUnavailable, detail).ExecuteAsync(httpContext);
        }
    }
}
