using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>Signs every try of a request with the account's key.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key#table-service-shared-key-authorization</remarks>
internal sealed class SharedKeyPolicy(string account, byte[] key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);

        var signature = Sign(StringToSign(request, date));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{signature}");
    }

    // The path is signed as it is sent, percent-encoded; of the query only "comp" counts, which is not in use here.
    private string StringToSign(Request request, string date)
    {
        request.Headers.TryGetValue("Content-MD5", out var md5);
        request.Headers.TryGetValue("Content-Type", out var type);
        return $"{request.Method.Method}\n{md5}\n{type}\n{date}\n/{account}{request.Uri.ToUri().AbsolutePath}";
    }

    private string Sign(string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
