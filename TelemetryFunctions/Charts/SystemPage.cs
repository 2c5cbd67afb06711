using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Charts;

/// <summary>Answers <c>POST /systems</c>, the form of the catalogue, with a page.</summary>
public sealed class SystemPage(WebAssets assets, PageOptions options, SystemReader reader, SystemForgetter forgetter)
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
            if (await SentBody.ReadAsync(request, MaxBytes, cancellation) is not { } body)
                return Answers.Problem(StatusCodes.Status413PayloadTooLarge, "The form has more than an id.");

            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
            return await AnswerAsync(request, form[SystemForm.IdField].ToString().Trim(), form[SystemForm.ActionField].ToString(), cancellation);
        });
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, string id, string action, CancellationToken cancellation)
    {
        if (!SystemId.TryParse(id, out var system))
            return Page(request, SystemHtml.NoId, StatusCodes.Status400BadRequest);

        switch (action)
        {
            case SystemForm.Show:
                return await reader.FindAsync(system, cancellation) is { } stored
                    ? Page(request, SystemHtml.Stored(SystemAnswer.Of(stored)))
                    : Page(request, SystemHtml.Nothing, StatusCodes.Status404NotFound);
            case SystemForm.Forget:
                await forgetter.ForgetAsync(system, cancellation);
                return Page(request, SystemHtml.Forgotten);
            default:
                return Answers.Problem(StatusCodes.Status400BadRequest, $"{SystemForm.ActionField} must be {SystemForm.Show} or {SystemForm.Forget}.");
        }
    }

    private IResult Page(HttpRequest request, string content, int status = StatusCodes.Status200OK)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = options.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);
        return TypedResults.Content(SystemHtml.Render(assets, options, content), ChartBody.Html, statusCode: status);
    }
}
