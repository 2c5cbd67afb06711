using Google.Protobuf;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Client.Reports;

/// <summary>The body of a report: JSON, because those whom it is about should be able to read it.</summary>
internal static class ReportPayload
{
    private static readonly JsonFormatter Writer = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly JsonParser Reader = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Builds the report of a system.</summary>
    public static async Task<string> BuildAsync(IReportSource source, Guid system, CancellationToken cancellation)
    {
        var report = new Report();
        await source.FillAsync(report, cancellation);
        report.SystemId = system.ToString();
        return Writer.Format(report);
    }

    /// <summary>True where a component of it is not released; the service tells it by the same rules.</summary>
    /// <exception cref="FormatException">It is no report.</exception>
    public static bool IsPrerelease(string payload)
    {
        try
        {
            return Reader.Parse<Report>(payload).Components.Any(component => Prerelease.Is(component.Version));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
