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

    public static QuietStart Apply(ILoggingBuilder logging)
    {
        var quiet = new QuietStart();
        foreach (var category in Categories)
            logging.AddFilter(category, level => quiet._started && level >= LogLevel.Warning);
        return quiet;
    }

    public void EndWith(CancellationToken started) => started.Register(() => _started = true);
}
