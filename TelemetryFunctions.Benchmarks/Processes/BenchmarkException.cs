namespace TelemetryFunctions.Benchmarks.Processes;

/// <summary>A benchmark can't go on; the message says what is missing, for who runs it.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
