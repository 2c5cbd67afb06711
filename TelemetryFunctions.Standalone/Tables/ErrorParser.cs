using System.Text.Json;
using Azure;
using Azure.Core;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>
/// Finds code and message in what the service answers to a bad request:
/// <c>{"odata.error":{"code":"…","message":{"lang":"en-US","value":"…"}}}</c>.
/// </summary>
internal sealed class ErrorParser : RequestFailedDetailsParser
{
    public static ErrorParser Instance { get; } = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        if (response.ContentStream is not MemoryStream)
            return false;

        try
        {
            var json = new Utf8JsonReader(response.Content);
            string? code = null;
            string? message = null;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (json.ValueTextEquals("code"u8) && json.Read())
                    code = json.GetString();
                else if (json.ValueTextEquals("value"u8) && json.Read())
                    message = json.GetString();
            }

            if (code is null && message is null)
                return false;
            error = new ResponseError(code, message);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy's answer, not the service's: the status has to do.
            return false;
        }
    }
}
