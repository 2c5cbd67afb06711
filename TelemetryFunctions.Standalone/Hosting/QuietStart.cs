using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>
/// Silences what the framework logs about a failed start, stack trace and all: the exception reaches the caller,
/// who prints its one line.
/// </summary>
internal sealed class QuietStart
{
    private static readonly string[] Categories =
    [
        "Microsoft.Extensions.Hosting.Internal.Host",
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private volatile bool _started;

    public void Apply(ILoggingBuilder logging)
    {
        foreach (var category in Categories)
            logging.AddFilter(category, level => _started && level >= LogLevel.Warning);
    }

    public void EndWith(CancellationToken started) => started.Register(() => _started = true);
}
