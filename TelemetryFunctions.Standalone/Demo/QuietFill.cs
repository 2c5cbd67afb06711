using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>Lets the log say nothing but warnings while a store is filled: thousands of days pass, and the progress bar says so.</summary>
internal sealed class QuietFill : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public string Name => Options.DefaultName;

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        if (_ended.IsCancellationRequested)
            return;
        options.Rules.Clear();
        options.MinLevel = LogLevel.Warning;
    }

    /// <summary>Changes once, when it ends.</summary>
    public IChangeToken GetChangeToken() => new CancellationChangeToken(_ended.IsCancellationRequested ? CancellationToken.None : _ended.Token);

    /// <summary>The log is as it is configured from now on.</summary>
    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();
}
