using System.Text.Json;

namespace TelemetryFunctions.Client.Http;

/// <summary>A problem document (RFC 9457): what is wrong with a request.</summary>
internal static class Problem
{
    private const int MostCharacters = 500;

    /// <summary>What an answer says is wrong: the detail of a problem document, or its reason phrase.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (document.RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } text)
                return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Somebody else answers, in another form.
        }

        return response.ReasonPhrase ?? "";
    }
}
