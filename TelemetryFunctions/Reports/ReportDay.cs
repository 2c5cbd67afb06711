using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>The day on which a system made its report, said by what passes it on later.</summary>
internal static class ReportDay
{
    /// <summary>The header that names it.</summary>
    public const string Header = "X-Report-Day";

    /// <summary>How it is written.</summary>
    public const string Format = "yyyy-MM-dd";

    /// <summary>The day that a request names, or null.</summary>
    /// <exception cref="RequestRejectedException">400: it is none.</exception>
    public static Window? ReadDay(this HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var text))
            return null;
        return DateTimeOffset.TryParseExact(text.ToString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? Window.Day(start)
            : throw new RequestRejectedException(StatusCodes.Status400BadRequest, $"{Header} is no day; it must be the UTC day of the report, such as 2026-11-20.");
    }
}
