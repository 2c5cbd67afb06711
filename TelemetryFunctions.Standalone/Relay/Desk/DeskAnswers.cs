using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Standalone.Relay.Sending;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>Answers <c>POST /relay</c>: what the page's buttons and the commands ask for.</summary>
internal sealed class DeskAnswers(RelayDesk desk, RelayLoop loop)
{
    private const string OtherSite = "A page of another site may not decide what this relay sends.";

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!DeskAccess.IsLocal(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, DeskAccess.NotHere);
        if (DeskAccess.IsOfAnotherSite(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, OtherSite);

        var form = await DeskForm.ReadAsync(request, cancellation);
        var answer = await desk.DoAsync(form, cancellation);
        if (form.Action == DeskForm.Release && answer.IsDone)
            loop.Wake();
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? new SeeOther("./")
            : TypedResults.Text(answer.Text, statusCode: answer.IsDone ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    });

    /// <summary>303: the page again, so that to load it anew does nothing again.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
