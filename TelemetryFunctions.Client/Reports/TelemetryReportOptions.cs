using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Reports;

/// <summary>Where the daily report goes, and how it may be turned off and looked into.</summary>
public sealed class TelemetryReportOptions
{
    /// <summary>False: nothing is sent, and no id is made. True by default; the environment's <c>DO_NOT_TRACK</c> is obeyed in any case.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The site for what is released, such as <c>https://telemetry.example.org/</c>; it may have a path. Must be set.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The site for systems with a component in a prerelease or development version. Null: these send nothing.</summary>
    public Uri? DevelopmentEndpoint { get; set; }

    /// <summary>Where the id is kept, a directory that outlives updates. Must be set where there is no <see cref="ISystemStore"/> of the host's own.</summary>
    public string? Directory { get; set; }

    /// <summary>What turns reports off besides <c>DO_NOT_TRACK=1</c>, such as <c>telemetry: off in example.yaml</c>. Said at every start.</summary>
    public string? TurnOff { get; set; }

    /// <summary>A directory in which each report waits to be looked into before it is sent. Null: they are sent at once.</summary>
    public string? StagingDirectory { get; set; }

    /// <summary>How long it waits there. An hour by default.</summary>
    public TimeSpan StagingDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long after its first start a system reports for the first time. 30 minutes by default: time to turn it off.</summary>
    public TimeSpan FirstReportDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long sending may take. 30 seconds by default.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes what sends the requests. Null: the system's own, with its proxy settings.</summary>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <summary>What can't be used, a sentence each; none where all can.</summary>
    /// <param name="hasStore">True where the host keeps the id itself.</param>
    internal IEnumerable<string> FindErrors(bool hasStore)
    {
        if (!Enabled)
            yield break;
        if (!SiteAddress.IsOne(Endpoint))
            yield return SiteAddress.Error(nameof(Endpoint), Endpoint);
        if (DevelopmentEndpoint is not null && !SiteAddress.IsOne(DevelopmentEndpoint))
            yield return SiteAddress.Error(nameof(DevelopmentEndpoint), DevelopmentEndpoint);
        if (!hasStore && string.IsNullOrWhiteSpace(Directory))
            yield return $"{nameof(Directory)} is not set; it must be a directory that outlives updates, or the host must have an {nameof(ISystemStore)}.";
        if (StagingDirectory is not null && string.IsNullOrWhiteSpace(StagingDirectory))
            yield return $"{nameof(StagingDirectory)} is empty; it must be a directory.";
        if (StagingDelay < TimeSpan.Zero || StagingDelay > TimeSpan.FromHours(23))
            yield return $"{nameof(StagingDelay)} is {StagingDelay}; it must be 0 to 23 hours, less than until the next report.";
        if (FirstReportDelay < TimeSpan.Zero || FirstReportDelay > TimeSpan.FromDays(30))
            yield return $"{nameof(FirstReportDelay)} is {FirstReportDelay}; it must be 0 to 30 days.";
        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromHours(1))
            yield return $"{nameof(RequestTimeout)} is {RequestTimeout}; it must be more than 0, and an hour at most.";
    }
}
