using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Languages;

/// <summary>Chooses the language of a page.</summary>
public static class LanguageChoice
{
    /// <summary>
    /// What <c>?lang=</c> asks for, else what the browser likes best of what there is, else the site's; and says so in the headers of the
    /// answer. What makes no sense counts as not said.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="standard">The language of the site.</param>
    public static Texts TextsFor(HttpRequest request, string standard)
    {
        var headers = request.HttpContext.Response.Headers;
        var texts = TextTables.Find(request.Query[Texts.Parameter].ToString()) is { } asked ? new Texts(asked, IsAsked: true) : Accepted(request, standard);
        headers.ContentLanguage = texts.Language;
        if (!texts.IsAsked)
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return texts;
    }

    private static Texts Accepted(HttpRequest request, string standard)
    {
        var site = TextTables.Find(standard)!;
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
            return new Texts(site);

        // Of equals the first: browsers send what a person likes best at the beginning.
        var liked = accepted
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value == "*" ? site : Find(range.Value.ToString()))
            .FirstOrDefault(table => table is not null);
        return new Texts(liked ?? site);
    }

    /// <summary>The table of a range such as <c>de-AT</c>, by RFC 4647, 3.4.</summary>
    private static TextTable? Find(string range)
    {
        for (var tag = range; tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            if (TextTables.Find(tag) is { } table)
                return table;
        }

        return null;
    }
}
