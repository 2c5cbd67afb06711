using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>A Composer repository on 127.0.0.1 whose <c>packages.json</c> names a notify-batch URL.</summary>
internal sealed class ComposerRepository : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ComposerRepository(WebApplication app) => _app = app;

    public Uri Uri => new(_app.Urls.Single());

    /// <param name="notifyBatch">Where clients report what they installed.</param>
    /// <param name="packages">Names and versions.</param>
    public static async Task<ComposerRepository> StartAsync(Uri notifyBatch, params (string Name, string Version)[] packages)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/packages.json", (HttpRequest request) => Results.Text(
            PackagesJson(notifyBatch, $"{request.Scheme}://{request.Host}", packages), "application/json"));
        app.MapGet("/dist/{vendor}/{name}/{version}.zip", (string vendor, string name, string version) =>
            Results.Bytes(Zip($"{vendor}/{name}", version), "application/zip"));
        await app.StartAsync();
        return new ComposerRepository(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string PackagesJson(Uri notifyBatch, string origin, (string Name, string Version)[] packages) =>
        JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["notify-batch"] = notifyBatch.ToString(),
            ["packages"] = packages.GroupBy(package => package.Name).ToDictionary(
                versions => versions.Key,
                versions => versions.ToDictionary(
                    package => package.Version,
                    package => new
                    {
                        name = package.Name,
                        version = package.Version,
                        dist = new { type = "zip", url = $"{origin}/dist/{package.Name}/{package.Version}.zip" },
                    })),
        });

    private static byte[] Zip(string name, string version)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("composer.json").Open());
            writer.Write(JsonSerializer.Serialize(new { name, version }));
        }

        return stream.ToArray();
    }
}
