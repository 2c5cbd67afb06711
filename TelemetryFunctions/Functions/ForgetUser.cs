using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>DELETE /events/users/{id}</c>: forgets a user. Needs the key.</summary>
public sealed class ForgetUser(UserForgetting users)
{
    [Function(nameof(ForgetUser))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "events/users/{*user}")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(() => users.ForgetAsync(request, request.FindRouteValue("user"), cancellation));
}
