using System.Globalization;
using System.Net;
using System.Text.Json;
using TelemetryFunctions.Events;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>Reads what the service answers to an item.</summary>
internal static class SentAnswer
{
    // These say that something else answers, or that the service is not what it was, and nothing of the item.
    private static readonly HttpStatusCode[] NotOfTheItem =
    [
        HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.ProxyAuthenticationRequired, HttpStatusCode.RequestTimeout,
        HttpStatusCode.MisdirectedRequest, (HttpStatusCode)425, HttpStatusCode.TooManyRequests,
    ];

    // The Functions host answers these without a word.
    private static readonly HttpStatusCode[] OfTheItem =
        [HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType];

    public static async Task<SendResult> ReadAsync(HttpResponseMessage response, RelayKind kind, DateTimeOffset now, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
            return ReadTaken(body, kind) is { } said ? new SendResult(SendOutcome.Taken, said) : new SendResult(SendOutcome.Away, "Something else than the service answers there: 200, without its answer.", IsAnswered: true);

        var problem = ReadProblem(body);
        var note = $"{(int)response.StatusCode} {problem ?? TerminalText.Short(response.ReasonPhrase ?? "")}".Trim();

        // What stands before a service, such as a filter, refuses with a page of its own, and would refuse all. The service itself wants no key but for events.
        var isOfTheItem = response.StatusCode == HttpStatusCode.Unauthorized ? kind == RelayKind.Events : problem is not null || OfTheItem.Contains(response.StatusCode);
        if ((int)response.StatusCode is >= 400 and < 500 && isOfTheItem && !NotOfTheItem.Contains(response.StatusCode))
            return new SendResult(SendOutcome.Refused, note);
        if (response.Headers.Location is { } elsewhere)
            note += $", to {TerminalText.Short(elsewhere.ToString())}";
        return new SendResult(SendOutcome.Away, note, response.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - now : null, IsAnswered: true);
    }

    /// <returns>What is worth to be noted; null where this is no answer of the service.</returns>
    private static string? ReadTaken(byte[] body, RelayKind kind)
    {
        try
        {
            return kind switch
            {
                RelayKind.Report => JsonSerializer.Deserialize(body, ApiJson.Default.ReportAnswer) is { Status: "accepted" or "ignored" } report ? Say(report) : null,
                RelayKind.Events => JsonSerializer.Deserialize(body, ApiJson.Default.EventsAnswer) is { Errors: not null } events ? Say(events) : null,
                _ => JsonSerializer.Deserialize(body, ApiJson.Default.StatusAnswer) is { Status: "ok" } ? "" : null,
            };
        }
        catch (Exception e) when (IsNoJson(e))
        {
            return null;
        }
    }

    private static string Say(ReportAnswer answer) => answer switch
    {
        { Status: "ignored" } => $"ignored: {TerminalText.Short(answer.Reason ?? "")}",
        { Day: { } day } => string.Create(CultureInfo.InvariantCulture, $"counts on {day:yyyy-MM-dd}"),
        _ => "",
    };

    private static string Say(EventsAnswer answer) => string.Create(CultureInfo.InvariantCulture, $"{answer.Accepted} accepted, {answer.Duplicate} duplicate, {answer.Rejected} rejected")
        + (answer.Errors.Count > 0 ? $": {TerminalText.Short(answer.Errors[0]?.Reason ?? "")}" : "");

    private static string? ReadProblem(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
                ? TerminalText.Short(detail.GetString()!)
                : null;
        }
        catch (Exception e) when (IsNoJson(e))
        {
            // Somebody on the way answers, in another form.
            return null;
        }
    }

    /// <summary>A text in it that is no UTF-8, or half a surrogate pair, is noticed only where it is read.</summary>
    private static bool IsNoJson(Exception error) => error is JsonException or InvalidOperationException;
}
