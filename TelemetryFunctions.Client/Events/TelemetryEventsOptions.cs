using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Events;

/// <summary>Where events go, and how many may wait for it.</summary>
public sealed class TelemetryEventsOptions
{
    /// <summary>
    /// Events that the service takes at once, in the worst case: of 8 KiB each they stay below its bound of 1 MiB for a batch.
    /// </summary>
    public const int MaxBatchSize = 100;

    /// <summary>False: nothing is sent, and what is tracked is let go. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The address of the site, such as <c>https://telemetry.example.org/</c>; it may have a path. Must be set.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The site's function key, sent as <c>x-functions-key</c>. Must be set.</summary>
    public string? Key { get; set; }

    /// <summary>The service that tells events which name none, of at most 64 characters. Null with a host: its application's name.</summary>
    public string? Service { get; set; }

    /// <summary>Events that may wait, and so what the memory is bounded by. 10,000 by default.</summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>So many events are sent as soon as they are there. 1 to <see cref="MaxBatchSize"/>, which is the default.</summary>
    public int BatchSize { get; set; } = MaxBatchSize;

    /// <summary>Fewer are sent after this time. 10 seconds by default.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one try to send may take. 30 seconds by default.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the disposal may wait until what is there is sent. 5 seconds by default.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Makes what sends the requests. Null: the system's own, with its proxy settings.</summary>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <summary>What can't be used, a sentence each; none where all can.</summary>
    internal IEnumerable<string> FindErrors()
    {
        if (!Enabled)
            yield break;
        if (!SiteAddress.IsOne(Endpoint))
            yield return SiteAddress.Error(nameof(Endpoint), Endpoint);
        if (string.IsNullOrWhiteSpace(Key) || Key.Any(character => character is < '!' or > '~'))
            yield return $"{nameof(Key)} must be the site's function key: printable ASCII without spaces.";
        if (Service is not { Length: >= 1 and <= EventLimits.MaxServiceLength })
            yield return $"{nameof(Service)} is {(Service is null ? "not set" : $"\"{Service}\"")}; it must be the name of this service, of 1 to {EventLimits.MaxServiceLength} characters.";
        if (BatchSize is < 1 or > MaxBatchSize)
            yield return $"{nameof(BatchSize)} is {BatchSize}; it must be 1 to {MaxBatchSize}.";
        if (Capacity < BatchSize)
            yield return $"{nameof(Capacity)} is {Capacity}; it must be at least {nameof(BatchSize)}, {BatchSize}.";
        foreach (var (name, time) in new[] { (nameof(FlushInterval), FlushInterval), (nameof(RequestTimeout), RequestTimeout), (nameof(ShutdownTimeout), ShutdownTimeout) })
        {
            if (time <= TimeSpan.Zero || time > TimeSpan.FromDays(1))
                yield return $"{name} is {time}; it must be more than 0, and a day at most.";
        }
    }
}
