using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Functions;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Standalone.Hosting;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>The whole app on Kestrel and an embedded store of its own, with a clock that the test moves.</summary>
internal sealed class InstallApp : IAsyncDisposable
{
    private static readonly Type[] Functions = [typeof(PostDownloads), typeof(Packages), typeof(Package), typeof(Assets)];

    private readonly TestHost _host;

    private InstallApp(TestHost host, DirectoryInfo directory, ManualClock clock, ConcurrentQueue<string> log)
    {
        (_host, Directory, Clock, Log) = (host, directory, clock, log);
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("Composer/2.5.5");
    }

    public ManualClock Clock { get; }

    /// <summary>Where the embedded store has its files.</summary>
    public DirectoryInfo Directory { get; }

    /// <summary>Everything that was logged, at every level, with its exceptions.</summary>
    public ConcurrentQueue<string> Log { get; }

    public HttpClient Client => _host.Client;

    public IServiceProvider Services => _host.Services;

    public ITableStore Store => Services.GetRequiredService<ITableStore>();

    /// <param name="configure">Changes the services.</param>
    /// <param name="settings">Settings as <c>key=value</c>.</param>
    public static async Task<InstallApp> StartAsync(Action<IServiceCollection>? configure = null, params string[] settings)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("installs-");
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 12, 10, 0, TimeSpan.Zero));
        var log = new ConcurrentQueue<string>();
        var builder = TestHost.CreateBuilder(
            [$"Telemetry:DataDirectory={directory.FullName}", "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace", .. settings]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new TextLog(log));
        builder.AddTelemetry();
        builder.Services.AddStorage(builder.Configuration);
        configure?.Invoke(builder.Services);
        var app = new InstallApp(await TestHost.StartAsync(builder, Functions), directory, clock, log);
        await app.Store.InitializeAsync(CancellationToken.None);
        return app;
    }

    /// <summary>A notification as Composer sends it.</summary>
    public Task<HttpResponseMessage> NotifyAsync(params Download[] downloads) => PostAsync(
        $$"""{"downloads":[{{string.Join(',', downloads.Select(download => $$"""{"name":"{{download.Package}}","version":"{{download.Version}}"}"""))}}]}""");

    public Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string path = "/downloads")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Lets time pass, then runs what the hourly timer runs.</summary>
    public async Task RollUpAfterAsync(TimeSpan span)
    {
        Clock.Advance(span);
        await Services.GetRequiredService<ScheduledSummaries>().RunDueAsync(CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(10));
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Every row of every table, as text.</summary>
    public async Task<string> DumpAsync()
    {
        var dump = new StringBuilder();
        foreach (var table in Services.GetServices<TableSchema>())
        {
            await foreach (var row in Store.ScanAsync(table, KeyRange.All))
            {
                dump.Append(table.Name).Append(' ').Append(row.Partition).Append(' ').Append(row.Key);
                foreach (var cell in row.Cells)
                {
                    dump.Append(' ').Append(cell.Column.Name).Append('=').Append(cell.Reference switch
                    {
                        byte[] bytes => Convert.ToHexStringLower(bytes) + "|" + Encoding.Latin1.GetString(bytes),
                        string text => text,
                        _ => $"{cell.Bits}",
                    });
                }

                dump.Append('\n');
            }
        }

        return dump.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(recursive: true);
    }

    private sealed class TextLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
