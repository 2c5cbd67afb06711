using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Builds a host that serves the functions of an assembly on Kestrel and runs its timers.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly QuietStart _quietStart = new();

    internal FunctionsApplicationBuilder(string[] args)
    {
        var environment = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT");
        _web = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            EnvironmentName = string.IsNullOrEmpty(environment) ? Environments.Production : environment,
        });
        HostDefaults.Apply(_web);
        _quietStart.Apply(_web.Logging);
    }

    /// <summary>Where the functions are looked for.</summary>
    public Assembly FunctionsAssembly { get; set; } = Assembly.GetEntryAssembly()!;

    /// <summary>The path of host.json.</summary>
    public string HostFilePath { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    public IConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)_web).Properties;

    internal bool ServesHttp { get; set; }

    void IHostApplicationBuilder.ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure) =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>The host, ready to run. It listens and starts the timers when it is started.</summary>
    /// <exception cref="HostAbortedException">
    /// host.json, a setting or a function can't be used. Starting the host throws it where it can't listen.
    /// </exception>
    public IHost Build()
    {
        var hostFile = HostFile.Read(HostFilePath);
        var functions = FunctionDefinition.FindAll(FunctionsAssembly);
        var proxies = TrustedProxies.Parse(Configuration[TrustedProxies.Setting]);
        var key = new FunctionKey(Configuration[FunctionKey.Setting]);

        HostDefaults.ApplyUrls(_web);
        ListeningServer.Decorate(Services);
        TimerFunctions.Add(Services, functions);

        var app = _web.Build();
        _quietStart.EndWith(app.Lifetime.ApplicationStarted);
        ResponseHeaders.Use(app, hostFile);
        TrustedProxies.Use(app, proxies);
        ErrorBoundary.Use(app);
        app.UseRouting();
        HttpFunctions.Map(app, ServesHttp ? functions : [], hostFile.RoutePrefix, key);
        return app;
    }
}
