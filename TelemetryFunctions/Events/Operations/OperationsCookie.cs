using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>
/// The cookie of who has shown the key: when that was, signed with the key. So it does not tell the key, and ends with it.
/// </summary>
public sealed class OperationsCookie(OperationsKey key, TimeProvider clock)
{
    private const string Name = "operations";
    private const string Root = "/" + Name;

    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    // Another instance's clock may be a little ahead.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Gives it to who has shown the key.</summary>
    public void Give(HttpRequest request)
    {
        var since = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var options = OptionsFor(request);
        options.MaxAge = Life;
        request.HttpContext.Response.Cookies.Append(Name, $"{since}.{WebEncoders.Base64UrlEncode(key.Key.Sign(Text(since)))}", options);
    }

    /// <summary>Takes it away.</summary>
    public static void Take(HttpRequest request) => request.HttpContext.Response.Cookies.Delete(Name, OptionsFor(request));

    /// <summary>Whether a request brings one that still holds.</summary>
    public bool IsIn(HttpRequest request)
    {
        if (request.Cookies[Name]?.Split('.') is not [var since, var signature]
            || !long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;

        var age = clock.GetUtcNow().ToUnixTimeSeconds() - seconds;
        return age <= Life.TotalSeconds && age >= -Ahead.TotalSeconds && TryDecode(signature, out var bytes) && key.Key.HasSigned(Text(since), bytes);
    }

    private static string Text(string since) => $"operations since {since}";

    private static bool TryDecode(string text, out byte[] bytes)
    {
        try
        {
            bytes = WebEncoders.Base64UrlDecode(text);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }

    /// <remarks>It only reads, and no page of another site can send it.</remarks>
    private static CookieOptions OptionsFor(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = SiteAddress.IsHttps(request),
            Path = path.IndexOf(Root, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? path[..(at + Root.Length)] : Root,
        };
    }
}
