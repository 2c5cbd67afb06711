using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Standalone.Relay.Receiving;

/// <summary>Takes in Composer's notifications, as <c>POST /downloads</c> of the service does; but one that is not on disk is not answered by 200.</summary>
internal sealed class RelayInstalls(RelayStore items, NotificationParser parser, RelayKey relayKey, TimeProvider clock)
{
    private const int NameBytes = 16;

    private readonly HourlyClients _clients = new(clock);

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        if (await SentBody.ReadAsync(request, NotificationReceiver.MaxBytes, cancellation) is { } body && parser.Parse(body) is { Downloads.Count: > 0 })
            await StageAsync(request, body, cancellation);
        return TypedResults.Json(new StatusAnswer("ok"), ApiJson.Default.StatusAnswer);
    });

    private Task StageAsync(HttpRequest request, byte[] body, CancellationToken cancellation)
    {
        // No address leaves the house: the number is made with random bytes that are in memory only, and are others in the next hour. A relay behind this one has given its own.
        var now = clock.GetUtcNow();
        var sender = InstallClient.Of(request, relayKey);
        var client = sender.Relayed.Length > 0 ? sender.Relayed : _clients.KeyOfMachine(sender.Address).ToString("x32", CultureInfo.InvariantCulture);
        var userAgent = sender.UserAgent;

        // What a client sends again within the hour is the same item.
        var name = SHA256.HashData([.. Encoding.UTF8.GetBytes(client), .. SHA256.HashData(Encoding.UTF8.GetBytes(userAgent)), .. body]).AsSpan(..NameBytes);
        var id = new RelayId(DateOnly.FromDateTime(now.UtcDateTime), RelayKind.Installs, Convert.ToHexStringLower(name));
        return items.StageAsync(
            new RelayItem(id, RelayState.Staged, "", request.ContentType ?? "", body.Length, now), body, new RelaySecrets(UserAgent: userAgent, Client: client), replaces: false, cancellation);
    }
}
