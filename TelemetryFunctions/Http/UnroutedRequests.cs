using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Http;

/// <summary>Answers what no function is declared for: other methods on known paths, and unknown paths.</summary>
public sealed class UnroutedRequests(RouteTable routes, ReportAnswers reports)
{
    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        var path = request.FindRouteValue("path") ?? "";
        if (path.Length > 0 && path.All(character => character == '/') && HttpMethods.IsPost(request.Method))
        {
            // A client whose base URL ends in a slash. The Functions host itself has no route for such a path.
            return reports.AnswerAsync(request, cancellation);
        }

        var methods = routes.Find(path);
        return Task.FromResult(methods.All.Count == 0 ? NotFound() : Answer(request, methods));
    }

    private static IResult Answer(HttpRequest request, RouteMethods methods)
    {
        if (!HttpMethods.IsOptions(request.Method))
            return Answers.MethodNotAllowed(methods, $"There is no {request.Method} here, but {methods.Allow}.");

        request.HttpContext.Response.Headers.Allow = methods.Allow;
        request.AllowReading(methods);
        return TypedResults.NoContent();
    }

    private static IResult NotFound() =>
        Answers.Problem(StatusCodes.Status404NotFound, "There is nothing at this path.");
}
