using System.Text.Json;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>A function as the worker described it to the host.</summary>
public sealed record HostedFunction(string Id, string Name, FunctionBinding Trigger)
{
    internal static HostedFunction From(RpcFunctionMetadata metadata) =>
        new(metadata.FunctionId, metadata.Name, metadata.RawBindings.Select(FunctionBinding.Parse).Single(binding => binding.IsTrigger));
}

/// <summary>A binding of a function; which of the last four are set depends on the type.</summary>
/// <param name="Name">The parameter it binds.</param>
/// <param name="Type">Such as <c>httpTrigger</c> or <c>timerTrigger</c>.</param>
/// <param name="Direction">In or Out.</param>
/// <param name="Route">The route's template, without the prefix of <c>host.json</c>.</param>
/// <param name="Methods">The methods it answers; all where there are none.</param>
/// <param name="AuthLevel">Who may call it: the host's default is <c>Function</c>.</param>
/// <param name="Schedule">NCRONTAB, a time span, or the <c>%Setting%</c> that has one, as written.</param>
public sealed record FunctionBinding(
    string Name,
    string Type,
    string Direction,
    string? Route,
    IReadOnlyList<string>? Methods,
    string? AuthLevel,
    string? Schedule)
{
    internal bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    internal bool IsHttp => Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase);

    internal bool IsTimer => Type.Equals("timerTrigger", StringComparison.OrdinalIgnoreCase);

    internal static FunctionBinding Parse(string json) =>
        JsonSerializer.Deserialize<FunctionBinding>(json, JsonSerializerOptions.Web)
        ?? throw new FormatException($"Not a binding: {json}");
}
