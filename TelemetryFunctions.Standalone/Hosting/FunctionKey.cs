using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>The key that opens functions of <see cref="AuthorizationLevel.Function"/>.</summary>
/// <param name="key">The key; where it is not set, nothing opens them.</param>
internal sealed class FunctionKey(string? key)
{
    public const string Setting = "Standalone:FunctionKey";

    // Hashes have one length, so comparing them tells nothing about the key, not even its length.
    private readonly byte[]? _hash = string.IsNullOrEmpty(key) ? null : Hash(key);

    public RequestDelegate Guard(RequestDelegate next) => context =>
    {
        if (IsOpenedBy(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private bool IsOpenedBy(HttpRequest request)
    {
        var given = request.Headers.TryGetValue("x-functions-key", out var header)
            ? header.ToString()
            : request.Query["code"].ToString();
        return _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(given));
    }
}
