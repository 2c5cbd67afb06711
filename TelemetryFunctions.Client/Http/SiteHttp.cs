namespace TelemetryFunctions.Client.Http;

/// <summary>Makes clients for HTTP.</summary>
internal static class SiteHttp
{
    /// <summary>No answer of the service is larger.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>So that a site that moves to another address is found again.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static HttpClient CreateClient(Func<HttpMessageHandler>? createHandler) => new(createHandler?.Invoke() ?? CreateHandler())
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        // Each try has a limit of its own, by the clock that is injected.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // Keys go to the site that was named and to no other.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        // The site is told nothing of the host's traces, and these nothing of it.
        ActivityHeadersPropagator = null,
    };
}
