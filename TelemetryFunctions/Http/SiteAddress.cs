using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>
/// The address of the site as the client has it, for what must be absolute: Atom and Open Graph know no relative ones. All else is
/// relative.
/// </summary>
internal static class SiteAddress
{
    private const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>The address, which ends in a slash.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path that it is for, below the site.</param>
    public static string Of(HttpRequest request, string path)
    {
        var whole = request.PathBase.Add(request.Path).ToUriComponent();
        var site = whole.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? whole[..^path.Length] : whole;
        site = site.EndsWith('/') ? site : site + "/";

        // A request may name no host, and one may be named that none can have.
        return Uri.TryCreate($"{SchemeOf(request)}://{request.Host.ToUriComponent()}{site}", UriKind.Absolute, out var address)
            ? address.AbsoluteUri
            : $"{SchemeOf(request)}://localhost{site}";
    }

    /// <summary>Whether the client asked over https.</summary>
    public static bool IsHttps(HttpRequest request) => SchemeOf(request) == Uri.UriSchemeHttps;

    /// <summary>
    /// https where the client's connection is: the worker of a function app is asked by its host over http. Who claims it without being
    /// a proxy gets an answer of its own that says so.
    /// </summary>
    private static string SchemeOf(HttpRequest request)
    {
        var forwarded = request.Headers[ForwardedProto].ToString().Split(',')[0].Trim();
        return forwarded.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttps : request.Scheme;
    }
}
