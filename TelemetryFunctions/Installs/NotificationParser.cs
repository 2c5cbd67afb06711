using System.Text;
using System.Text.Json;

namespace TelemetryFunctions.Installs;

/// <summary>Reads the body that Composer sends to <c>notify-batch</c>.</summary>
public sealed class NotificationParser(InstallOptions options)
{
    /// <summary>Downloads that are taken of one body; an installation of Composer's has a few hundred.</summary>
    public const int MaxDownloads = 1000;

    private const int MaxDepth = 8;

    /// <returns>What the body says, or null where it is no notification.</returns>
    public Notification? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (body.Span.StartsWith(Encoding.UTF8.Preamble))
                body = body[Encoding.UTF8.Preamble.Length..];
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("downloads", out var downloads)
                && downloads.ValueKind == JsonValueKind.Array
                ? Read(downloads)
                : null;
        }
        catch (Exception e) when (e is JsonException || IsNoText(e))
        {
            return null;
        }
    }

    private Notification Read(JsonElement downloads)
    {
        var read = new HashSet<Download>();
        var (dropped, count) = (0, 0);
        foreach (var element in downloads.EnumerateArray())
        {
            if (count++ < MaxDownloads && ReadOne(element) is { } download)
                read.Add(download);
            else
                dropped++;
        }

        return new Notification(read, dropped);
    }

    private Download? ReadOne(JsonElement element) =>
        Text(element, "name") is { } sent
        && PackageName.Read(sent) is { } name
        && options.Wants(name)
        && Text(element, "version") is { } version
            ? new Download(name, PackageVersion.Read(version))
            : null;

    /// <returns>A text, empty where it can't be read; null where the property is none.</returns>
    private static string? Text(JsonElement element, string property)
    {
        var value = default(JsonElement);
        try
        {
            return element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(property, out value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception e) when (IsNoText(e))
        {
            return value.ValueKind == JsonValueKind.String ? "" : null;
        }
    }

    /// <summary>A property's name or a text has bytes that are not UTF-8, or half of a surrogate pair.</summary>
    private static bool IsNoText(Exception e) => e is InvalidOperationException;
}
