using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Relay.Sending;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>A service and a relay before it, with one clock that the test moves. The relay sends when the test has it run, or by itself if asked for.</summary>
internal sealed class RelaySite : IAsyncDisposable
{
    public const string RelayKey = "a-key-for-relays-of-this-test";
    public const string FunctionKey = "open-sesame";

    private readonly TemporaryDirectory _serviceDirectory = new();
    private readonly WebApplication _relay;

    private RelaySite(TestSite service, WebApplication relay, TemporaryDirectory serviceDirectory, TemporaryDirectory directory)
    {
        (Service, _relay, _serviceDirectory, Directory) = (service, relay, serviceDirectory, directory);
        var address = relay.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => !address.Contains("unix", StringComparison.Ordinal));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = new Uri(address) };
    }

    public TestSite Service { get; }

    public HttpClient Client { get; }

    public TemporaryDirectory Directory { get; }

    public ManualClock Clock => Service.Clock;

    public static async Task<RelaySite> StartAsync(Uri? to = null, bool withLoop = false, string[]? serviceSettings = null, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var (serviceDirectory, directory) = (new TemporaryDirectory(), new TemporaryDirectory());
        var service = await TestSite.StartAsync(serviceDirectory, settings: [$"--Telemetry:RelayKey={RelayKey}", $"--Standalone:FunctionKey={FunctionKey}", .. serviceSettings ?? []]);
        var builder = RelayHost.CreateBuilder(
            to ?? service.Client.BaseAddress!,
            ["--Logging:Console:LogLevel:Default=None", $"--Telemetry:DataDirectory={directory.Path}", $"--Telemetry:RelayKey={RelayKey}", .. settings]);
        builder.ListenAt("http://127.0.0.1:0", RelaySocket.AddressOf(directory));
        builder.Services.AddSingleton<TimeProvider>(service.Clock);
        if (!withLoop)
            builder.Services.Remove(builder.Services.Last(part => part.ServiceType == typeof(IHostedService)));
        configure?.Invoke(builder);
        var relay = await builder.OpenAsync();
        await relay.StartAsync();
        return new RelaySite(service, relay, serviceDirectory, directory);
    }

    public T Part<T>()
        where T : notnull => _relay.Services.GetRequiredService<T>();

    /// <summary>The link that opens the page.</summary>
    public string Link => Assert.Single(Part<DeskAccess>().Links());

    /// <summary>A client that has been let in to the page, as a browser is.</summary>
    public async Task<HttpClient> EnterAsync()
    {
        var browser = new HttpClient { BaseAddress = Client.BaseAddress };
        using var response = await browser.GetAsync(Link);
        Assert.Equal(Client.BaseAddress, response.EnsureSuccessStatusCode().RequestMessage!.RequestUri);
        return browser;
    }

    /// <summary>Sends what is staged.</summary>
    public Task<RelayRunResult> RunAsync() => Part<RelayRun>().RunAsync(CancellationToken.None);

    public Task<List<RelayItem>> ItemsAsync() => Part<RelayStore>().ReadAsync(CancellationToken.None).ToListAsync().AsTask();

    /// <summary>The items, as in <c>Staged, Sent: counts on 2026-11-18</c>.</summary>
    public async Task<string> StatesAsync() => string.Join(", ", (await ItemsAsync()).Select(item => item.Note.Length > 0 ? $"{item.State}: {item.Note}" : $"{item.State}"));

    public static HttpRequestMessage Message(string path, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } } };
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>Has a relay that runs send all that is staged, as the command does.</summary>
    public static async Task<HttpStatusCode> ReleaseAsync(string directory)
    {
        using var client = RelaySocket.CreateClient(directory);
        using var answer = await client.PostAsync("relay", new DeskForm(DeskForm.Release, RelaySelection.Staged).ToContent());
        return answer.StatusCode;
    }

    /// <summary>Sends a request to the relay.</summary>
    public async Task<string> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var response = await Client.SendAsync(Message(path, body, headers: headers));
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    public Task<string> ReportAsync(int system, string members = "", params (string Name, string Value)[] headers) =>
        PostAsync("/", $"{{\"system_id\":\"{ReportBuilder.Id(system)}\"{members}}}", headers);

    public Task<string> EventAsync(int id, string key = FunctionKey) => PostAsync(
        "/events", $$"""[{"id":"0197c0de-0000-7000-8000-{{id:d12}}","timestamp":"{{Clock.GetUtcNow():o}}","service":"api","tokenRefreshed":{} }]""", ("x-functions-key", key));

    public Task<string> InstallAsync(string package = "vendor/package", string userAgent = "Composer/2.8.1 (Linux; 6.1.0; PHP 8.4.1; cURL 8.5.0)", params (string, string)[] headers) =>
        PostAsync("/downloads", $$"""{"downloads":[{"name":"{{package}}","version":"1.0.0.0"}]}""", [("User-Agent", userAgent), .. headers]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _relay.StopAsync();
        await _relay.DisposeAsync();
        await Service.DisposeAsync();
        Directory.Dispose();
        _serviceDirectory.Dispose();
    }
}
