using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The whole service, on a port of its own, with a clock that the test moves.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    /// <summary>When a test begins unless it says otherwise: a Wednesday, at noon.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly IHost _host;

    private TestSite(IHost host, ManualClock clock)
    {
        _host = host;
        Clock = clock;
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Client = new HttpClient { BaseAddress = new Uri(addresses?.Addresses.FirstOrDefault() ?? "http://127.0.0.1") };
    }

    public HttpClient Client { get; }

    public ManualClock Clock { get; }

    public ITableStore Store => Service<ITableStore>();

    /// <summary>Starts the service on a directory; timers do not run unless asked for.</summary>
    public static Task<TestSite> StartAsync(
        string directory, ManualClock? clock = null, bool withTimers = false, string environment = "Development",
        Func<ITableStore, ITableStore>? wrap = null,
        Action<WebApplicationBuilder>? configure = null, string? hostFile = null, params string[] settings) =>
        StartAsync(("Telemetry:DataDirectory", directory), clock, withTimers, environment, wrap, configure, hostFile, settings);

    /// <summary>Starts the service on a store of any adapter; timers do not run unless asked for.</summary>
    public static Task<TestSite> StartAsync(
        TestStore store, ManualClock? clock = null, bool withTimers = false, string environment = "Development",
        Func<ITableStore, ITableStore>? wrap = null,
        Action<WebApplicationBuilder>? configure = null, params string[] settings) =>
        StartAsync(store.Setting, clock, withTimers, environment, wrap, configure, null, settings);

    private static async Task<TestSite> StartAsync(
        (string Key, string Value) store, ManualClock? clock, bool withTimers, string environment,
        Func<ITableStore, ITableStore>? wrap, Action<WebApplicationBuilder>? configure, string? hostFile, string[] settings)
    {
        clock ??= new ManualClock(Noon);
        var builder = ServeCommand.CreateBuilder(
            ["--urls=http://127.0.0.1:0", "--Logging:Console:LogLevel:Default=None", $"--{store.Key}={store.Value}", $"--AZURE_FUNCTIONS_ENVIRONMENT={environment}", .. settings]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        configure?.Invoke(builder);
        ITableStore? inner = null;
        if (wrap is not null)
            Wrap(builder.Services, store => wrap(inner = store));

        var host = builder.BuildHost(typeof(TelemetryServices).Assembly.GetTypes().Where(type => withTimers || !IsTimer(type)), hostFile);
        var tables = host.Services.GetRequiredService<ITableStore>();

        // What is put around a store is for what uses it, not for what opens it.
        await ActivatorUtilities.CreateInstance<Migrator>(host.Services, inner ?? tables, new FormatStore(inner ?? tables)).OpenAsync(CancellationToken.None);
        await host.StartAsync();
        return new TestSite(host, clock);
    }

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public T? OptionalService<T>() => _host.Services.GetService<T>();

    /// <summary>Runs what is due, as the timers do.</summary>
    public async Task<RunResult> SummarizeAsync() =>
        (await Service<SummaryRunner>().RunDueAsync(Service<ReportSource>(), CancellationToken.None))!;

    public Task<HttpResponseMessage> PostJsonAsync(string json) =>
        Client.PostAsync("/", new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> PutAsync() => Client.PutAsync("/", null);

    public async Task<string> GetAsync(string path)
    {
        var response = await Client.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The newest values of a chart, as in <c>a: 1, b: 2</c>.</summary>
    public async Task<string> ValuesAsync(string chart)
    {
        using var document = JsonDocument.Parse(await GetAsync("/charts/" + chart));
        return string.Join(", ", document.RootElement.GetProperty("series").EnumerateArray()
            .Select(series => $"{series.GetProperty("label").GetString()}: {series.GetProperty("values").EnumerateArray().Last().GetRawText()}"));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static bool IsTimer(Type type) =>
        type.GetMethods().SelectMany(method => method.GetParameters()).Any(parameter => parameter.ParameterType == typeof(TimerInfo));

    private static void Wrap(IServiceCollection services, Func<ITableStore, ITableStore> wrap)
    {
        var inner = services.Last(service => service.ServiceType == typeof(ITableStore));
        services.Replace(ServiceDescriptor.Singleton(provider => wrap((ITableStore)inner.ImplementationFactory!(provider))));
    }
}
