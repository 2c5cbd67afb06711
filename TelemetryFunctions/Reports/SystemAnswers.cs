using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>Answers <c>GET</c> and <c>DELETE /systems/{id}</c>. No answer is kept anywhere on its way.</summary>
public sealed class SystemAnswers(SystemReader reader, SystemForgetter forgetter)
{
    /// <summary>What is wrong with an id that is none.</summary>
    public const string NoId = "The id is not a UUID: 32 hex digits, with or without dashes.";

    /// <summary>What is said where nothing is stored.</summary>
    public const string Nothing = "Nothing is stored under this id.";

    /// <summary>What is stored under an id.</summary>
    public Task<IResult> ShowAsync(HttpRequest request, string id, CancellationToken cancellation) => AnswerAsync(request, id, async system =>
        await reader.FindAsync(system, cancellation) is { } stored
            ? TypedResults.Json(SystemAnswer.Of(stored), SystemJson.Default.SystemAnswer)
            : Answers.Problem(StatusCodes.Status404NotFound, Nothing));

    /// <summary>Forgets what is stored under an id.</summary>
    public Task<IResult> ForgetAsync(HttpRequest request, string id, CancellationToken cancellation) => AnswerAsync(request, id, async system =>
    {
        await forgetter.ForgetAsync(system, cancellation);
        return TypedResults.NoContent();
    });

    private static Task<IResult> AnswerAsync(HttpRequest request, string id, Func<SystemId, Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answers.TryAsync(() =>
        {
            if (!SystemId.TryParse(id, out var system))
                return Task.FromResult(Answers.Problem(StatusCodes.Status400BadRequest, NoId));
            request.ThrowIfUnproven(system);
            return answer(system);
        });
    }
}
