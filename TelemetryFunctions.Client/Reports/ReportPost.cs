using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Reports;

/// <summary>Sends a report once. Where that does not work, the next one is tomorrow's.</summary>
internal sealed partial class ReportPost(HttpClient http, TelemetryReportOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Sends a report to the site that it is for, and logs what came of it.</summary>
    /// <param name="payload">The body.</param>
    /// <param name="key">The system's key, which proves that the report is its own.</param>
    /// <param name="cancellation">Ends the try, when the host stops.</param>
    /// <returns>True where the site has it.</returns>
    public async Task<bool> SendAsync(string payload, string key, CancellationToken cancellation)
    {
        if (SiteOf(payload) is not { } site)
            return false;

        using var limit = new CancellationTokenSource(options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, SiteAddress.Below(site, ""))
            {
                Headers = { { SystemKey.Header, key } },
                Content = new StringContent(payload, Encoding.UTF8, "application/json"),
            };
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                Log.Failed(logger, site, $"{(int)response.StatusCode} {await Problem.ReadAsync(response, either.Token)}");
                return false;
            }

            await LogAnswerAsync(response, site, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, site, $"there was no answer within {options.RequestTimeout.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(logger, site, e.Message);
        }

        return false;
    }

    private Uri? SiteOf(string payload)
    {
        try
        {
            if (!ReportPayload.IsPrerelease(payload))
                return options.Endpoint;
            if (options.DevelopmentEndpoint is null)
                Log.Prerelease(logger);
            return options.DevelopmentEndpoint;
        }
        catch (FormatException e)
        {
            Log.NoReport(logger, e.Message);
            return null;
        }
    }

    private async Task LogAnswerAsync(HttpResponseMessage response, Uri site, CancellationToken cancellation)
    {
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        var read = JsonSerializer.Deserialize(answer, ReportJson.Default.ReportAnswer);
        Log.Sent(logger, site, read?.Reason is { } reason ? $"{read.Status}: {reason}" : read?.Status ?? "no word");
    }

    private static partial class Log
    {
        [LoggerMessage(6, LogLevel.Information, "Sent the daily usage report to {Site}, which says: {Answer}")]
        public static partial void Sent(ILogger logger, Uri site, string answer);

        [LoggerMessage(7, LogLevel.Information, "The daily usage report was not sent to {Site}: {Reason}. The next one is tomorrow's")]
        public static partial void Failed(ILogger logger, Uri site, string reason);

        [LoggerMessage(8, LogLevel.Information, "The daily usage report is not sent: a component is a prerelease, and there is no site for these")]
        public static partial void Prerelease(ILogger logger);

        [LoggerMessage(9, LogLevel.Warning, "The daily usage report is not sent, because it is none: {Reason}")]
        public static partial void NoReport(ILogger logger, string reason);
    }
}

/// <summary>What the service says of a report.</summary>
/// <param name="Status"><c>accepted</c> or <c>ignored</c>.</param>
/// <param name="Reason">Why it is ignored.</param>
internal sealed record ReportAnswer(string? Status, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportAnswer))]
internal sealed partial class ReportJson : JsonSerializerContext;
