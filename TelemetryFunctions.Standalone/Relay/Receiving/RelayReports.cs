using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay.Receiving;

/// <summary>Takes in reports, as <c>POST /</c> of the service does.</summary>
internal sealed class RelayReports(RelayStore items, RelayAdmission admission, RelayKey relayKey, RelayOptions options, TimeProvider clock)
{
    private const int NameBytes = 16;

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        var named = request.ReadDay();
        var (body, system) = await admission.AdmitAsync(request, cancellation);
        var now = clock.GetUtcNow();

        // What this relay says of a day the service believes, so it must not be told by just anybody.
        if (system is not { IsMadeOfKey: true } && !relayKey.IsOf(request))
            named = null;
        var day = DateOnly.FromDateTime((IsPast(named, now) ? named!.Value.Start : now).UtcDateTime);
        var id = new RelayId(day, RelayKind.Report, system?.ToString() ?? Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(..NameBytes)));
        await items.StageAsync(
            new RelayItem(id, RelayState.Staged, system?.ToString() ?? "", request.ContentType ?? "", body.Length, now),
            body,
            new RelaySecrets(SystemKey: system is { IsMadeOfKey: false } ? "" : request.Headers[SystemKey.Header].ToString()),
            replaces: true,
            cancellation);
        return TypedResults.Json(new ReportAnswer("accepted", Day: request.ReadDay() is null ? null : day), ApiJson.Default.ReportAnswer);
    });

    /// <summary>True for a day on which another relay says that it took the report in, if that is not too long ago.</summary>
    private bool IsPast(Window? day, DateTimeOffset now) => day is { } named && named.Start <= now && named.Start > now.AddDays(-options.KeptDays);
}
