using System.Net.Http.Headers;
using System.Text;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Http;

/// <summary>A request whose answer is held against the description.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Operation">The path of the description.</param>
/// <param name="Path">Its path.</param>
internal sealed record OpenApiRequests(string Method, string Operation, string Path)
{
    // An id that is made of a key.
    private const string Keyed = "7771a0ce-c127-8f8c-a878-a66c694f3344";

    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);

    // Where an answer leads on, that is the answer.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>True where it is asked again, with the tag that the first answer had.</summary>
    public bool Again { get; init; }

    public bool InDevelopment { get; init; }

    /// <summary>True where it is asked as browsers do.</summary>
    public bool InBrowser { get; init; }

    /// <summary>False where it is asked without the key.</summary>
    public bool HasKey { get; init; } = true;

    /// <summary>Everything that is described, from a site with one system, one component and one package.</summary>
    public static IEnumerable<OpenApiRequests> All =>
    [
        .. Get("/", "/"),
        Post("/", "application/json", $$"""{"system_id":"{{ReportBuilder.Id(2)}}"}"""),
        Post("/", "application/json", $$"""{"system_id":"{{ReportBuilder.Id(2)}}","components":[{"name":"core","version":"1.0.dev1"}]}"""),
        Post("/", "application/json", "{}"),
        Post("/", "application/json", $$"""{"system_id":"{{Keyed}}"}"""),
        Post("/", "text/plain", "x"),
        Post("/", "application/json", new string(' ', 100_000)),
        new("PUT", "/", "/"),
        new("PUT", "/", "/") { InDevelopment = true },
        .. Get("/charts", "/charts"),
        .. Get("/charts/overview", "/charts/overview"),
        .. Get("/charts/{id}", "/charts/components/core?by=xyz"),
        Of("/charts/{id}", "/charts/workers?from=2026-11-18"),
        Of("/charts/{id}", "/charts/components/core?from=2026-11-18&compare=previous"),
        Of("/charts/{id}", "/charts/workers?compare=previous"),
        Of("/charts/{id}", "/charts/workers?format=badge"),
        Of("/charts/{id}", "/charts/workers?format=csv"),
        Of("/charts/{id}", "/charts/workers?format=svg"),
        Of("/charts/{id}", "/charts/workers?format=svg&lang=xx"),
        Of("/charts/{id}", "/charts/workers?format=pdf"),
        Of("/charts/{id}", "/charts/nothing"),
        .. Get("/badges/{id}.svg", "/badges/workers.svg"),
        Of("/badges/{id}.svg", "/badges/workers.svg?by=nothing"),
        Of("/badges/{id}.svg", "/badges/nothing.svg"),
        .. Get("/embed/{id}", "/embed/workers"),
        Of("/embed/{id}", "/embed/workers?by=nothing"),
        Of("/embed/{id}", "/embed/nothing"),
        .. Get("/export.zip", "/export.zip"),
        .. Get("/feed.atom", "/feed.atom"),
        .. Get("/metrics", "/metrics"),
        .. Get("/preview.png", "/preview.png"),
        .. Get("/adoption/{id}", "/adoption/components/core"),
        Of("/adoption/{id}", "/adoption/components/core?format=json"),
        Of("/adoption/{id}", "/adoption/components/core?format=csv"),
        Of("/adoption/{id}", "/adoption/components/core?format=svg"),
        Of("/adoption/{id}", "/adoption/workers"),
        .. Get("/catalogue", "/catalogue"),
        Form($"id={ReportBuilder.Id(1)}&do=show"),
        Form($"id={ReportBuilder.Id(3)}&do=show"),
        Form("id=nonsense&do=show"),
        Form($"id={Keyed}&key=wrong&do=show"),
        Form($"id={ReportBuilder.Id(1)}&do=sell"),
        Form(new string(' ', 2_000)),
        Post("/systems", "application/json", "{}"),
        Of("/systems/{id}", $"/systems/{ReportBuilder.Id(1)}"),
        Of("/systems/{id}", $"/systems/{ReportBuilder.Id(3)}"),
        Of("/systems/{id}", "/systems/nonsense"),
        Of("/systems/{id}", $"/systems/{Keyed}"),
        new("DELETE", "/systems/{id}", $"/systems/{ReportBuilder.Id(3)}"),
        new("DELETE", "/systems/{id}", "/systems/nonsense"),
        new("DELETE", "/systems/{id}", $"/systems/{Keyed}"),
        Post("/downloads", "application/json", "nonsense"),
        .. Get("/packages", "/packages"),
        Of("/packages", "/packages?format=json"),
        Of("/packages", "/packages?format=csv"),
        .. Get("/packages/{vendor}/{name}", "/packages/vendor/package"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/package?format=json"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/package?format=csv"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/package?format=badge"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/package?format=shields"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/package?format=badge&period=year"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/nothing"),
        Of("/packages/{vendor}/{name}", "/packages/vendor/nothing?format=json"),
        Event("""{"id":"0197c0de-0000-7000-8000-000000000001","timestamp":"2026-11-19T12:00:00Z","service":"api","tokenRefreshed":{}}"""),
        Event("{}"),
        Post("/events", "application/json", "nonsense"),
        Post("/events", "text/plain", "[]"),
        Post("/events", "application/json", new string(' ', 1_100_000)),
        Event("{}") with { HasKey = false },
        new("DELETE", "/events/users/{id}", "/events/users/somebody"),
        new("DELETE", "/events/users/{id}", "/events/users/" + new string('x', 200)),
        new("DELETE", "/events/users/{id}", "/events/users/somebody") { HasKey = false },
        Of("/operations", "/operations"),
        Of("/operations", "/operations") with { HasKey = false },
        Of("/operations", "/operations") with { InBrowser = true },
        Of("/operations", "/operations") with { InBrowser = true, HasKey = false },
        Of("/operations", $"/operations?code={OpenApiSites.Key}") with { InBrowser = true, HasKey = false },
        Form($"key={OpenApiSites.Key}", "/operations"),
        Form("key=", "/operations"),
        Form("", "/operations"),
        Form(new string(' ', 2_000), "/operations"),
        Post("/operations", "application/json", "{}"),
        Of("/operations/{rollup}", "/operations/api?step=day&labels=2"),
        Of("/operations/{rollup}", "/operations/authentication"),
        Of("/operations/{rollup}", "/operations/authentication?format=csv"),
        Of("/operations/{rollup}", "/operations/authentication?from=nonsense"),
        Of("/operations/{rollup}", "/operations/nonsense"),
        Of("/operations/{rollup}", "/operations/api") with { HasKey = false },
        Of("/health", "/health"),
        .. Get("/openapi.json", "/openapi.json"),
        .. Assets.All.SelectMany(asset => Get("/assets/{name}", "/" + asset.Path)),
        Of("/assets/{name}", "/assets/nothing"),
        .. Get("/favicon.ico", "/favicon.ico"),
        Of("/robots.txt", "/robots.txt"),
    ];

    public async Task<HttpResponseMessage> SendAsync(TestSite site)
    {
        var response = await Client.SendAsync(Message(site, null));
        if (!Again)
            return response;

        using (response)
            return await Client.SendAsync(Message(site, response.Headers.ETag));
    }

    private static IEnumerable<OpenApiRequests> Get(string operation, string path) => [Of(operation, path), Of(operation, path) with { Again = true }];

    private static OpenApiRequests Of(string operation, string path) => new("GET", operation, path);

    private static OpenApiRequests Post(string path, string type, string body) => new("POST", path, path) { ContentType = type, Body = Encoding.UTF8.GetBytes(body) };

    private static OpenApiRequests Event(string json) => Post("/events", "application/json", $"[{json}]");

    private static OpenApiRequests Form(string form, string path = "/systems") => Post(path, "application/x-www-form-urlencoded", form);

    private HttpRequestMessage Message(TestSite site, EntityTagHeaderValue? tag)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(site.Client.BaseAddress!, Path));
        if (HasKey)
            message.Headers.Add("x-functions-key", OpenApiSites.Key);
        if (InBrowser)
            message.Headers.Accept.ParseAdd("text/html");
        if (Body is not null)
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType!) } };
        if (tag is not null)
            message.Headers.IfNoneMatch.Add(tag);
        return message;
    }
}
