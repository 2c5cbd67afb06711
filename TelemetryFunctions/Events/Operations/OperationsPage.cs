using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>
/// Answers <c>GET /operations</c> to browsers: with the dashboard, or with the form that asks for the key, which <c>POST /operations</c>
/// takes.
/// </summary>
public sealed class OperationsPage(OperationsAccess access, AccessCookie cookie, OperationsHtml html, RollupReader reader)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const int MaxBytes = 1_024;
    private const string Policy = ChartPageHtml.ContentSecurityPolicyWithForm + "; frame-ancestors 'none'";

    public async Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (PageAddress.Redirect(request) is { } redirect)
            return redirect;

        var entry = await access.CheckAsync(request, cancellation);
        var isEntering = entry == Access.Open && request.Query.ContainsKey(OperationsAccess.KeyParameter);
        if (isEntering)
            cookie.Give(request);

        // A browser that comes from another site brings no cookie, not even behind a redirect; to what a page of this site leads to, it does.
        if ((isEntering || entry == Access.NoKey) && request.Headers["Sec-Fetch-Site"] == "cross-site")
            return Page(request, StatusCodes.Status200OK, html.RenderStep(Here(request)));
        if (isEntering)
            return Answers.SeeOther(request, Here(request));

        return entry == Access.Open
            ? Page(request, StatusCodes.Status200OK, await html.RenderAsync(await reader.HasAnyAsync(cancellation), SiteAddress.Of(request, "operations"), cancellation))
            : await AskAsync(request, entry, cancellation);
    }

    /// <summary>Takes the form: lets in who has the key, and out who asks for it.</summary>
    public async Task<IResult> EnterAsync(HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != FormType)
            return Answers.Problem(StatusCodes.Status415UnsupportedMediaType, $"Send the form of GET /operations, as {FormType}. Programs send the key as x-functions-key with GET.");

        var body = await RequestBody.ReadAsync(request, MaxBytes, "Send the form of GET /operations.", cancellation);
        var form = new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
        if (form[OperationsHtml.ActionField] == OperationsHtml.Leave)
        {
            cookie.Take(request);
            return Answers.SeeOther(request, Here(request));
        }

        // What is pasted has a line's end at times.
        var entry = await access.CheckAsync(form[OperationsHtml.KeyField].ToString().Trim(), cancellation);
        if (entry != Access.Open)
            return await AskAsync(request, entry, cancellation);

        cookie.Give(request);
        return Answers.SeeOther(request, Here(request));
    }

    private async Task<IResult> AskAsync(HttpRequest request, Access entry, CancellationToken cancellation)
    {
        if (entry == Access.TooMany)
            request.HttpContext.Response.Headers.RetryAfter = "1";
        return Page(
            request,
            entry == Access.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized,
            await html.RenderFormAsync(entry, access.HasKey, cancellation));
    }

    private static IResult Page(HttpRequest request, int status, string page)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers["X-Robots-Tag"] = "noindex";
        return TypedResults.Content(page, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>The way to the page without the key, from itself; relative, as a proxy may have taken the beginning of the path off.</summary>
    private static string Here(HttpRequest request)
    {
        var query = QueryString.Create(request.Query.Where(parameter => parameter.Key != OperationsAccess.KeyParameter));
        return (request.Path.Value?.EndsWith('/') == true ? "../operations" : "./operations") + query.ToUriComponent();
    }
}
