using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Standalone.Relay.Sending;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>Answers <c>/relay</c>: by POST what the page's buttons and the commands ask for, by GET where the page is.</summary>
internal sealed class DeskAnswers(RelayDesk desk, RelayLoop loop, DeskAccess access)
{
    private const string OtherSite = "A page of another site may not decide what this relay sends.";

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!access.IsOpenTo(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, DeskAccess.Closed);
        if (DeskAccess.IsOfAnotherSite(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, OtherSite);

        var form = await DeskForm.ReadAsync(request, cancellation);
        var answer = await desk.DoAsync(form, cancellation);
        if (form.Action == DeskForm.Release && answer.IsDone)
            loop.Wake();
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Answers.SeeOther(request, "./")
            : TypedResults.Text(answer.Text, statusCode: answer.IsDone ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    });

    /// <summary>Tells the command where the page is, and nobody else.</summary>
    public IResult TellLinks(HttpRequest request) => access.IsBySocket(request)
        ? TypedResults.Text(string.Join('\n', access.Links()))
        : Answers.Problem(StatusCodes.Status403Forbidden, DeskAccess.Closed);
}
