using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>What this host reads of host.json.</summary>
/// <param name="RoutePrefix">Goes before every route, without slashes at its ends.</param>
/// <param name="CustomHeaders">Added to every response.</param>
/// <param name="StrictTransportSecurity">The value of that header, or null where it is not sent.</param>
internal sealed record HostFile(
    string RoutePrefix,
    IReadOnlyList<KeyValuePair<string, string>> CustomHeaders,
    string? StrictTransportSecurity)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="HostAbortedException">The file is missing or broken.</exception>
    public static HostFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var http = new ConfigurationBuilder().AddJsonStream(file).Build().GetSection("extensions:http");
            return new HostFile(
                (Text(http.GetSection("routePrefix")) ?? "api").Trim('/'),
                [.. http.GetSection("customHeaders").GetChildren().Select(Header)],
                Hsts(http.GetSection("hsts")));
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new HostAbortedException($"Can't use {path}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static string? Text(IConfigurationSection section) =>
        section.GetChildren().Any()
            ? throw new FormatException($"{section.Path} must be a single value.")
            : section.Value;

    private static KeyValuePair<string, string> Header(IConfigurationSection section)
    {
        var value = Text(section) ?? "";
        if (section.Key.AsSpan().ContainsAnyExcept(NameCharacters))
            throw new FormatException($"{section.Path} is not the name of a header.");
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new FormatException($"{section.Path} must be printable ASCII.");
        return new(section.Key, value);
    }

    private static string? Hsts(IConfigurationSection section)
    {
        if (!Flag(section.GetSection("isEnabled")))
            return null;

        // ASP.NET's default, which the Functions host keeps too.
        var age = Text(section.GetSection("maxAge")) ?? "30.00:00:00";
        if (!TimeSpan.TryParse(age, CultureInfo.InvariantCulture, out var maxAge) || maxAge < TimeSpan.Zero)
            throw new FormatException($"{section.Path}:maxAge is \"{age}\"; it must be like 365.00:00:00.");

        return string.Create(CultureInfo.InvariantCulture, $"max-age={(long)maxAge.TotalSeconds}")
            + (Flag(section.GetSection("includeSubDomains")) ? "; includeSubDomains" : "")
            + (Flag(section.GetSection("preload")) ? "; preload" : "");
    }

    private static bool Flag(IConfigurationSection section)
    {
        var text = Text(section);
        if (text is null)
            return false;
        return bool.TryParse(text, out var flag)
            ? flag
            : throw new FormatException($"{section.Path} is \"{text}\"; it must be true or false.");
    }
}
