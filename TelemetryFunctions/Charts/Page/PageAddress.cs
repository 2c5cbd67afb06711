using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Where pages are. Their links are relative, so each has one address: the page of the site ends in a slash, below a path too,
/// and no other does.
/// </summary>
internal static class PageAddress
{
    /// <summary>Leads from an address with a slash too many, or without the one of the site, to the right one; null where it is.</summary>
    public static IResult? Redirect(HttpRequest request, bool isSite = false)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        if (path.Length == 0 || path.EndsWith('/') == isSite)
            return null;

        // Relative as well: a proxy may have taken the beginning of the path off.
        path = path.TrimEnd('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        return TypedResults.Redirect((isSite ? $"./{name}/" : $"../{name}") + request.QueryString.ToUriComponent(), permanent: true);
    }
}
