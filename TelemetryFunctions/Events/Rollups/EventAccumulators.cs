using TelemetryFunctions.Events.Schema;
using Payload = TelemetryFunctions.Events.Schema.Event.PayloadOneofCase;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>Which events count where.</summary>
internal static class EventAccumulators
{
    private const int FirstServerError = 500;

    /// <summary>Those of a day.</summary>
    public static IReadOnlyList<IEventAccumulator> OfDay() =>
    [
        new RatesAccumulator(Rollup.Tasks, stored => ToList(TaskLabel(stored.Content)), "success-rate", "completed", ["completed", "failed"]),
        new MedianAccumulator(Rollup.Tasks, "median-duration-ms", stored => stored.Content.TaskCompleted is { HasDurationMs: true } task ? task.DurationMs : null),
        new RatesAccumulator(Rollup.Authentication, stored => AuthenticationLabels(stored.Content), "failure-rate", "failures", ["attempts"]),
        new CountsAccumulator(Rollup.Integrations, stored => Integration(stored.Content), isBounded: true),
        new CountsAccumulator(Rollup.Webhooks, stored => Webhook(stored.Content), isBounded: true),
        new CountsAccumulator(Rollup.Cocoons, stored => Labelled(CocoonLabel(stored.Content.PayloadCase)), isBounded: false),
        new CountsAccumulator(Rollup.Projects, stored => Labelled(ProjectLabel(stored.Content.PayloadCase)), isBounded: false),
        new CountsAccumulator(Rollup.Custom, stored => Labelled(stored.Content.Custom?.Name), isBounded: true),
    ];

    /// <summary>Those of an hour that need no second look.</summary>
    public static IReadOnlyList<IEventAccumulator> OfHour() =>
        [new CountsAccumulator(Rollup.Errors, stored => Labelled(stored.Content.ApplicationError?.Kind), isBounded: true)];

    /// <summary>Latencies of API requests in an hour.</summary>
    public static LatencyAccumulator Api(IReadOnlySet<string>? largest = null) => new(
        Rollup.Api, "requests", hasErrors: true,
        stored => stored.Content.ApiRequest is { } request ? new Latency($"{request.Method} {request.Route}".Trim(), request.LatencyMs, request.Status >= FirstServerError) : null,
        largest);

    /// <summary>Latencies of database queries in an hour.</summary>
    public static LatencyAccumulator Database(IReadOnlySet<string>? largest = null) => new(
        Rollup.Database, "queries", hasErrors: false,
        stored => stored.Content.DatabaseQuery is { } query ? new Latency(query.Name, query.LatencyMs, false) : null,
        largest);

    private static (string Value, string Label)? Labelled(string? label) => label is null ? null : ("", label);

    private static IReadOnlyList<string> ToList(string? label) => label is null ? [] : [label];

    private static string? TaskLabel(Event content) => content.PayloadCase switch
    {
        Payload.TaskCreated => "created",
        Payload.TaskStarted => "started",
        Payload.TaskCompleted => "completed",
        Payload.TaskFailed => "failed",
        Payload.TaskCancelled => "cancelled",
        _ => null,
    };

    private static IReadOnlyList<string> AuthenticationLabels(Event content) => content.PayloadCase switch
    {
        Payload.LoginAttempt => content.LoginAttempt.Succeeded ? ["attempts"] : ["attempts", "failures"],
        Payload.CodeVerified => content.CodeVerified.Succeeded ? ["codes-verified"] : ["codes-refused"],
        Payload.TokenRefreshed => ["tokens-refreshed"],
        Payload.SessionValidated => ["sessions-validated"],
        _ => [],
    };

    private static (string Value, string Label)? Integration(Event content) => content.PayloadCase switch
    {
        Payload.IntegrationConnected => ("connected", content.IntegrationConnected.Name),
        Payload.IntegrationDisconnected => ("disconnected", content.IntegrationDisconnected.Name),
        Payload.IntegrationUsed => ("used", content.IntegrationUsed.Name),
        Payload.IntegrationError => ("errors", content.IntegrationError.Name),
        Payload.OauthFlowStarted => ("flows-started", content.OauthFlowStarted.Name),
        Payload.OauthFlowCompleted => ("flows-completed", content.OauthFlowCompleted.Name),
        _ => null,
    };

    private static (string Value, string Label)? Webhook(Event content) => content.PayloadCase switch
    {
        Payload.WebhookReceived => ("received", content.WebhookReceived.Source),
        Payload.WebhookProcessed => ("processed", content.WebhookProcessed.Source),
        _ => null,
    };

    private static string? CocoonLabel(Payload payload) => payload switch
    {
        Payload.CocoonRegistered => "registered",
        Payload.CocoonConnected => "connected",
        Payload.CocoonDisconnected => "disconnected",
        Payload.CocoonClaimed => "claimed",
        Payload.SetupTokenCreated => "setup-tokens-created",
        Payload.SetupTokenUsed => "setup-tokens-used",
        _ => null,
    };

    private static string? ProjectLabel(Payload payload) => payload switch
    {
        Payload.ProjectCreated => "created",
        Payload.ProjectUpdated => "updated",
        Payload.ProjectDeleted => "deleted",
        _ => null,
    };
}
