namespace TelemetryFunctions;

/// <summary>The service can't start; the message is one line for the person who started it.</summary>
public class StartupException(string message, Exception? inner = null) : Exception(message, inner);
