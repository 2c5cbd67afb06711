using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
namespace TelemetryFunctions.Http;

/// <summary>
/// The cookie of who has shown the key: when that was, signed with the key. So it does not tell the key, and ends with it.
/// </summary>
/// <param name="name">The cookie's name.</param>
/// <param name="root">The path that it opens, with all below it.</param>
/// <param name="key">The key.</param>
/// <param name="clock">Tells when a cookie has come to its end.</param>
public sealed class AccessCookie(string name, string root, AccessKey key, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    // Another instance's clock may be a little ahead.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Gives it to who has shown the key.</summary>
    public void Give(HttpRequest request)
    {
        var since = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var options = OptionsFor(request);
        options.MaxAge = Life;
        request.HttpContext.Response.Cookies.Append(name, $"{since}.{WebEncoders.Base64UrlEncode(key.Sign(Text(since)))}", options);
    }

    /// <summary>Takes it away.</summary>
    public void Take(HttpRequest request) => request.HttpContext.Response.Cookies.Delete(name, OptionsFor(request));

    /// <summary>Whether a request brings one that still holds.</summary>
    public bool IsIn(HttpRequest request)
    {
        if (request.Cookies[name]?.Split('.') is not [var since, var signature]
            || !long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;

        var age = clock.GetUtcNow().ToUnixTimeSeconds() - seconds;
        return age <= Life.TotalSeconds && age >= -Ahead.TotalSeconds && TryDecode(signature, out var bytes) && key.HasSigned(Text(since), bytes);
    }

    private string Text(string since) => $"{name} since {since}";

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

    /// <remarks>No page of another site can send it.</remarks>
    private CookieOptions OptionsFor(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = SiteAddress.IsHttps(request),
            Path = path.IndexOf(root, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? path[..(at + root.Length)] : root,
        };
    }
}
