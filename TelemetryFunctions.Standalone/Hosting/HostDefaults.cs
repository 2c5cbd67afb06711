using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>How the host behaves where nothing else is configured.</summary>
internal static class HostDefaults
{
    private const string Url = "http://localhost:7071";

    // Kestrel's drain of in-flight requests gets all of it; timers add their own short wait.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static void Apply(WebApplicationBuilder web)
    {
        // First, so that every other source of configuration wins.
        web.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft"] = "Warning",
            },
        });

        // Last: ASP.NET's own switch trusts any sender's X-Forwarded-For; TrustedProxies is the only way here.
        web.Configuration.AddInMemoryCollection([new("ForwardedHeaders_Enabled", "false")]);

        web.Logging.ClearProviders();
        web.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        web.Services.AddRateLimiter(_ => { });
        web.WebHost.UseKestrelHttpsConfiguration();
        web.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);
    }

    public static void ApplyUrls(WebApplicationBuilder web)
    {
        var configured = AddressKeys.Any(key => !string.IsNullOrWhiteSpace(web.Configuration[key]))
            || web.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!configured)
            web.WebHost.UseUrls(Url);
    }
}
