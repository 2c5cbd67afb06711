using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Http.Limits;

/// <summary>
/// How much a client may send that needs no key: a token bucket each. ASP.NET's rate limiter applies it on one machine,
/// <see cref="LimitedWrites"/> in the function app.
/// </summary>
public sealed partial class WriteLimit(WriteLimitOptions options, TimeProvider clock, ILogger<WriteLimit> logger) : IRateLimiterPolicy<UInt128>
{
    /// <summary>The policy's name, for <see cref="EnableRateLimitingAttribute"/>.</summary>
    public const string Policy = "writes";

    private static readonly TimeSpan LogsEvery = TimeSpan.FromHours(1);

    private readonly HourlyClients _clients = new(clock);
    private long _nextLog;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected =>
        (rejected, _) => new ValueTask(Refuse(rejected.Lease).ExecuteAsync(rejected.HttpContext));

    public RateLimitPartition<UInt128> GetPartition(HttpContext httpContext) => options.PerHour == 0
        ? RateLimitPartition.GetNoLimiter(UInt128.Zero)
        : RateLimitPartition.GetTokenBucketLimiter(_clients.KeyOf(httpContext.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.PerHour,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = options.Refill,
        });

    /// <summary>The answer to a request beyond the limit.</summary>
    /// <param name="lease">What the limiter gave instead of leave.</param>
    public IResult Refuse(RateLimitLease lease)
    {
        LogOnceAnHour();
        return Answers.TooMany(
            string.Create(CultureInfo.InvariantCulture, $"Your address has sent more than {options.PerHour} requests an hour. Send this one again later; the operator of a larger fleet can ask this site for a higher {WriteLimitOptions.Setting}."),
            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : options.Refill);
    }

    private void LogOnceAnHour()
    {
        var (now, next) = (clock.GetUtcNow().Ticks, Volatile.Read(ref _nextLog));
        if (now >= next && Interlocked.CompareExchange(ref _nextLog, now + LogsEvery.Ticks, next) == next)
            Log.Refused(logger, options.PerHour, WriteLimitOptions.Setting);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A client has sent more than {PerHour} requests an hour and is answered 429. If it is a fleet, raise {Setting}; behind a proxy that the service does not trust, all clients are one")]
        public static partial void Refused(ILogger logger, int perHour, string setting);
    }
}
