using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

/// <summary>Keeps what a host logs.</summary>
internal sealed class LogRecorder
{
    public ConcurrentQueue<(LogLevel Level, Exception? Error)> Entries { get; } = [];

    public void AddTo(ILoggingBuilder logging) => logging.AddProvider(new Provider(this));

    private sealed class Provider(LogRecorder recorder) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(recorder);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(LogRecorder recorder) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            recorder.Entries.Enqueue((logLevel, exception));
    }
}
