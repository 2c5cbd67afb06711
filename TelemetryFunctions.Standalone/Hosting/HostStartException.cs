namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>The host can't start; the message is one line for the person who started it.</summary>
public sealed class HostStartException(string message, Exception? inner = null) : Exception(message, inner);
