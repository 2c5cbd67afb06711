using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>Answers that several functions give.</summary>
public static class Answers
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

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
    /// <param name="detail">Why it can't now.</param>
    /// <param name="wait">When it may; null for soon.</param>
    public static IResult Unavailable(string detail, TimeSpan? wait = null) =>
        new ProblemWithHeader(StatusCodes.Status503ServiceUnavailable, detail, HeaderNames.RetryAfter, Seconds(wait ?? Soon));

    /// <summary>429 with Retry-After, in whole seconds.</summary>
    public static IResult TooMany(string detail, TimeSpan wait) => new ProblemWithHeader(
        StatusCodes.Status429TooManyRequests, detail, HeaderNames.RetryAfter, Seconds(wait));

    /// <summary>303: another page, which is not to be kept, so that to load it anew does nothing again.</summary>
    public static IResult SeeOther(HttpRequest request, string address)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private sealed class ProblemWithHeader(int status, string detail, string header, string value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[header] = value;
            return Problem(status, detail).ExecuteAsync(httpContext);
        }
    }
}
