using Azure.Core;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>Retries, policies, transport and diagnostics of a client.</summary>
public class TableClientOptions : ClientOptions
{
    /// <param name="serviceVersion">The version of the service's API to ask for.</param>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
        foreach (var name in (string[])["x-ms-request-id", "DataServiceVersion"])
            Diagnostics.LoggedHeaderNames.Add(name);
    }

    internal string VersionString { get; }

    /// <summary>Versions of the service's API.</summary>
#pragma warning disable CA1707 // The official names.
    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2020_12_06 = 2,
    }
#pragma warning restore CA1707
}
