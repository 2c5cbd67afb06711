using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
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
        catch (RequestRejectedException e)
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

    /// <summary>405 with the methods that there are.</summary>
    public static IResult MethodNotAllowed(RouteMethods methods, string detail) =>
        new ProblemWithHeader(StatusCodes.Status405MethodNotAllowed, detail, HeaderNames.Allow, methods.Allow);

    /// <summary>503 with Retry-After: the same request may succeed later.</summary>
    public static IResult Unavailable(string detail) => new ProblemWithHeader(
        StatusCodes.Status503ServiceUnavailable, detail, HeaderNames.RetryAfter, RetryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>429 with Retry-After, in whole seconds.</summary>
    public static IResult TooMany(string detail, TimeSpan wait) => new ProblemWithHeader(
        StatusCodes.Status429TooManyRequests, detail, HeaderNames.RetryAfter, Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    private sealed class ProblemWithHeader(int status, string detail, string header, string value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[header] = value;
            return Problem(status, detail).ExecuteAsync(httpContext);
        }
    }
}
