using Microsoft.Extensions.Logging;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>A log entry the worker sent. The app's console logger is gone under the host, so this is all there is.</summary>
public sealed record WorkerLog(LogLevel Level, string Category, string Message, string? Exception, string InvocationId)
{
    internal static WorkerLog From(RpcLog log) =>
        new((LogLevel)log.Level, log.Category, log.Message, log.Exception?.Message, log.InvocationId);
}
