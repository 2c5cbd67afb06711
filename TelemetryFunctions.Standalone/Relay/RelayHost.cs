using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Relay.Page;
using TelemetryFunctions.Standalone.Relay.Receiving;
using TelemetryFunctions.Standalone.Relay.Sending;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>Puts a relay together: the server of the standalone host, with routes of its own.</summary>
internal static class RelayHost
{
    // How long one try may take, and how often a request is tried at once: a run that fails is tried again by its loop.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const int Retries = 2;

    // Over all tries, and until the answer is read, which these don't count. An answer of the service is a few lines.
    private static readonly TimeSpan PatienceInAll = TimeSpan.FromMinutes(2);
    private const int MostAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);

    /// <summary>A relay, with settings as on the command line.</summary>
    /// <param name="to">The address of the service.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static WebApplicationBuilder CreateBuilder(Uri to, string[] settings)
    {
        var builder = StandaloneHost.CreateBuilder(settings);
        var configuration = builder.Configuration;
        configuration.CheckNames();
        configuration.CheckEnvironment();
        configuration.CheckLogLevels();
        builder.Services.TryAddSingleton(TimeProvider.System);

        // A run says what came of it.
        builder.Logging.AddFilter("Polly", LogLevel.None);
        AddStore(builder.Services, configuration);
        AddReceiving(builder.Services, configuration);
        AddPage(builder.Services, configuration);
        AddSending(builder.Services, RelayOptions.Read(to, configuration));
        return builder;
    }

    /// <summary>Has it listen where the settings say, or at a default, and at a socket besides.</summary>
    public static void ListenAt(this WebApplicationBuilder builder, string fallback, string socket)
    {
        // Addresses of the one kind take the place of those of the other.
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            builder.Configuration["Kestrel:Endpoints:RelaySocket:Url"] = socket;
        else
            builder.WebHost.UseUrls($"{(builder.Configuration["urls"] is { Length: > 0 } urls ? urls : fallback)};{socket}");
    }

    /// <summary>The relay, ready to run, with its store open.</summary>
    /// <exception cref="StartupException">The store can't be used.</exception>
    /// <exception cref="HostAbortedException">host.json can't be used.</exception>
    public static async Task<WebApplication> OpenAsync(this WebApplicationBuilder builder)
    {
        var relay = builder.BuildHost([]);
        Map(relay);
        try
        {
            await relay.Services.GetRequiredService<ITableStore>().InitializeAsync(CancellationToken.None);
            _ = relay.Services.GetRequiredService<DeskAccess>();
        }
        catch (StoreUnavailableException e)
        {
            throw new StartupException(e.Message, e);
        }

        return relay;
    }

    private static void AddStore(IServiceCollection services, IConfiguration configuration) => services
        .AddEmbeddedStore(RelayDirectory.Of(configuration))
        .AddSingleton(RelayStore.Table)
        .AddSingleton(RelaySwitch.Table)
        .AddSingleton(SummaryProgressStore.Table)
        .AddSingleton<HeartbeatStore>()
        .AddSingleton<ClockWatch>()
        .AddSingleton<RelayStore>()
        .AddSingleton<RelaySwitch>()
        .AddSingleton<RelayExpiry>();

    private static void AddReceiving(IServiceCollection services, IConfiguration configuration)
    {
        services.AddRelayKey(configuration);
        services.AddOptions<RateLimiterOptions>().Configure<WriteLimit>((options, limit) => options.AddPolicy(WriteLimit.Policy, limit));
        services
            .AddSingleton(WriteLimitOptions.Read(configuration))
            .AddSingleton<WriteLimit>()
            .AddSingleton(InstallOptions.Read(configuration))
            .AddSingleton<NotificationParser>()
            .AddSingleton(new RelayAdmission(ReportMetrics.IsNamed(configuration) ? ReportMetrics.Read(configuration) : null))
            .AddSingleton<RelayRoom>()
            .AddSingleton<RelayReports>()
            .AddSingleton<RelayInstalls>()
            .AddSingleton<RelayEvents>();
    }

    private static void AddPage(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PageOptions.Read(configuration))
        .AddSingleton(provider => WebAssets.Load(typeof(WebAssets).Assembly).With(provider.GetRequiredService<PageOptions>().Site))
        .AddSingleton<AssetResponses>()
        .AddSingleton(ReportMetrics.Read(configuration))
        .AddSingleton<RelayFleet>()
        .AddSingleton<RelayHtml>()
        .AddSingleton<RelayPage>()
        .AddSingleton(provider => new DeskAccess(RelayDirectory.Of(configuration), provider.GetRequiredService<IServer>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<RelayDesk>()
        .AddSingleton<DeskAnswers>();

    private static void AddSending(IServiceCollection services, RelayOptions options)
    {
        services
            .AddSingleton(options)
            .AddSingleton<RelayStatus>()
            .AddSingleton<RelayHealth>()
            .AddSingleton<RelayRun>()
            .AddSingleton<RelayLoop>()
            .AddHostedService(provider => provider.GetRequiredService<RelayLoop>())
            .AddHttpClient<RelaySender>(http =>
            {
                http.Timeout = PatienceInAll;
                http.MaxResponseContentBufferSize = MostAnswerBytes;
            })
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // Keys go to the address that was named and to no other. The proxy is the one that HTTPS_PROXY names; to this machine there is none, because http
                // would tell it the keys.
                UseProxy = !options.To.IsLoopback,
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ActivityHeadersPropagator = null,
                // As Kestrel reads what senders have written, so that no key and no user agent keeps an item here for ever.
                RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            })
            .AddResilienceHandler("relay", pipeline => pipeline
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = Retries,
                    Delay = FirstRetry,
                    // Where the service says how long to wait, the whole relay does.
                    ShouldHandle = arguments => ValueTask.FromResult(
                        HttpClientResiliencePredicates.IsTransient(arguments.Outcome) && arguments.Outcome.Result?.Headers.RetryAfter is null),
                })
                .AddTimeout(Patience));
    }

    private static void Map(WebApplication relay)
    {
        var receiving = relay.MapGroup("").RequireRateLimiting(WriteLimit.Policy).AddEndpointFilter(relay.Services.GetRequiredService<RelayRoom>());
        receiving.MapPost("/", (HttpRequest request, RelayReports reports, CancellationToken cancellation) => reports.AnswerAsync(request, cancellation));
        receiving.MapPost("/downloads", (HttpRequest request, RelayInstalls installs, CancellationToken cancellation) => installs.AnswerAsync(request, cancellation));
        receiving.MapPost("/events", (HttpRequest request, RelayEvents events, CancellationToken cancellation) => events.AnswerAsync(request, cancellation));
        relay.MapGet("/", (HttpRequest request, RelayPage page, CancellationToken cancellation) => page.ShowAsync(request, cancellation));
        relay.MapGet("/items/{id}", (HttpRequest request, string id, RelayPage page, CancellationToken cancellation) => page.ShowItemAsync(request, id, cancellation));
        relay.MapGet("/assets/{name}", (HttpRequest request, string name, AssetResponses assets) => assets.Respond(request, name));
        relay.MapGet("/relay", (HttpRequest request, DeskAnswers desk) => desk.TellLinks(request));
        relay.MapPost("/relay", (HttpRequest request, DeskAnswers desk, CancellationToken cancellation) => desk.AnswerAsync(request, cancellation));
        relay.MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], (RelayHealth health, CancellationToken cancellation) => health.AnswerAsync(cancellation));
    }
}
