using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>POST /systems</c>, the form of the catalogue, with a page.</summary>
public sealed class SystemPage(WebAssets assets, PageOptions options, SiteSections sections, SystemReader reader, SystemForgetter forgetter)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const int MaxBytes = 1_024;

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answers.TryAsync(async () =>
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != FormType)
                return Answers.Problem(StatusCodes.Status415UnsupportedMediaType, $"Send the form of /catalogue, as {FormType}. For programs there are GET and DELETE /systems/{{id}}.");

            // What a dictionary lacks it throws for; a form that lacks a field has an empty one.
            var body = await RequestBody.ReadAsync(request, MaxBytes, "Send the form of /catalogue.", cancellation);
            var form = new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
            return await AnswerAsync(request, form, cancellation);
        });
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, FormCollection form, CancellationToken cancellation)
    {
        var texts = options.TextsFor(request);
        if (!SystemId.TryParse(form[SystemForm.IdField].ToString().Trim(), out var system))
            return await PageAsync(request, texts, SystemHtml.NoId(texts), StatusCodes.Status400BadRequest, cancellation);
        if (!SystemKey.Proves(system, form[SystemForm.KeyField].ToString().Trim()))
            return await PageAsync(request, texts, SystemHtml.NoKey(texts), StatusCodes.Status403Forbidden, cancellation);

        switch (form[SystemForm.ActionField].ToString())
        {
            case SystemForm.Show:
                return await reader.FindAsync(system, cancellation) is { } stored
                    ? await PageAsync(request, texts, SystemHtml.Stored(SystemAnswer.Of(stored), texts), StatusCodes.Status200OK, cancellation)
                    : await PageAsync(request, texts, SystemHtml.Nothing(texts), StatusCodes.Status404NotFound, cancellation);
            case SystemForm.Forget:
                await forgetter.ForgetAsync(system, cancellation);
                return await PageAsync(request, texts, SystemHtml.Forgotten(texts), StatusCodes.Status200OK, cancellation);
            default:
                return Answers.Problem(StatusCodes.Status400BadRequest, $"{SystemForm.ActionField} must be {SystemForm.Show} or {SystemForm.Forget}.");
        }
    }

    private async Task<IResult> PageAsync(HttpRequest request, Texts texts, string content, int status, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);
        return TypedResults.Content(SystemHtml.Render(assets, options, texts, await sections.ReadAsync(cancellation), content), ChartBody.Html, statusCode: status);
    }
}
