namespace TelemetryFunctions.Standalone.Commands;

/// <summary>The arguments ask for something that there is not; the message is one line that says what to mend.</summary>
internal sealed class UsageException(string message) : StartupException(message);
