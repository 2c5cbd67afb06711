using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Serves the function classes of an app on Kestrel and runs its timers, in one process.</summary>
public static class StandaloneHost
{
    /// <summary>
    /// A builder that is configured by appsettings.json, environment variables (<c>__</c> between the parts of a
    /// key) and settings as on a command line (<c>--urls=http://localhost:8080</c>, <c>--Telemetry:DataDirectory=/data</c>).
    /// The environment is named by <c>AZURE_FUNCTIONS_ENVIRONMENT</c>, by default Production.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(params string[] settings)
    {
        var environment = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Settings are read at start. To watch appsettings.json is to watch all that is written below, the data too.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. settings],
            EnvironmentName = string.IsNullOrEmpty(environment) ? Environments.Production : environment,
        });
        HostDefaults.Apply(builder);
        return builder;
    }

    /// <summary>The host, ready to run. It listens and starts the timers when it is started.</summary>
    /// <param name="builder">Has the app's services.</param>
    /// <param name="classes">Where functions are looked for.</param>
    /// <param name="hostFilePath">The path of host.json; null for the one beside the executable.</param>
    /// <exception cref="HostAbortedException">
    /// host.json or a function can't be used. Starting the host throws it where it can't listen.
    /// </exception>
    /// <exception cref="StartupException">A setting can't be used.</exception>
    public static WebApplication BuildHost(this WebApplicationBuilder builder, IEnumerable<Type> classes, string? hostFilePath = null)
    {
        var hostFile = HostFile.Read(hostFilePath ?? Path.Combine(AppContext.BaseDirectory, "host.json"));
        var functions = HostedFunction.FindAll(classes);
        var proxies = TrustedProxies.Parse(builder.Configuration[TrustedProxies.Setting]);
        var key = new FunctionKey(builder.Configuration[FunctionKey.Setting]);
        ListenAddresses.Check(builder.Configuration);

        var quietStart = QuietStart.Apply(builder.Logging);
        HostDefaults.ApplyUrls(builder);
        ListeningServer.Decorate(builder.Services);
        TimerFunctions.Add(builder.Services, functions);

        var app = builder.Build();
        quietStart.EndWith(app.Lifetime.ApplicationStarted);
        ResponseHeaders.Use(app, hostFile);
        TrustedProxies.Use(app, proxies);
        ErrorBoundary.Use(app);
        app.UseRouting();
        app.UseRateLimiter();
        HttpFunctions.Map(app, functions, hostFile.RoutePrefix, key);
        return app;
    }
}
