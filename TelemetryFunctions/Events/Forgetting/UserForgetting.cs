using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Forgetting;

/// <summary>Answers <c>DELETE /events/users/{id}</c>: takes the request, which the next hourly run carries out.</summary>
public sealed class UserForgetting(ForgottenUsers users, ClockWatch clockWatch, TimeProvider clock)
{
    // A run is due within an hour of the moment from which on all processes know it; and has the rest for its work.
    private static readonly TimeSpan DoneWithin = TimeSpan.FromHours(2);

    public async Task<IResult> ForgetAsync(HttpRequest request, string? user, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";

        // Of all that is escaped in a path, the host leaves this.
        user = user?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) ?? "";
        if (user.Length is 0 or > EventLimits.MaxUserLength)
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture, $"The user's id has {user.Length} characters; it must have 1 to {EventLimits.MaxUserLength}: DELETE /events/users/{{id}}, with what events say as user_id, escaped as in any path."));

        clockWatch.ThrowIfNotSet();
        var requestedAt = default(DateTimeOffset);
        await StorePatience.RunAsync(async token => requestedAt = await users.AddAsync(user, token), clock, cancellation);
        return TypedResults.Json(new ForgetAnswer("accepted", requestedAt + DoneWithin), ApiJson.Default.ForgetAnswer, statusCode: StatusCodes.Status202Accepted);
    }
}

/// <summary>The answer to a request to forget a user.</summary>
/// <param name="Status">Always <c>accepted</c>: nothing that the user did until now counts from now on.</param>
/// <param name="DoneBy">When nothing of it is left, at the latest.</param>
public sealed record ForgetAnswer(string Status, DateTimeOffset DoneBy);
