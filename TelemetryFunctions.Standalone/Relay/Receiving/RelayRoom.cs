using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Relay.Receiving;

/// <summary>Bounds what a relay takes in: neither a flood nor a service that is away for long may fill its disk.</summary>
internal sealed partial class RelayRoom : IEndpointFilter
{
    private const string Full = "This relay holds as much as it may. Send the same request again later; its administrator can have it send or drop items, or raise " + RelayOptions.MegabytesSetting + ".";

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromMinutes(10);

    private readonly RelayStore _items;
    private readonly RelayOptions _options;
    private readonly ILogger<RelayRoom> _logger;
    private readonly MinuteCache<Count> _counts;
    private volatile Count? _last;
    private int _wasFull;

    public RelayRoom(RelayStore items, RelayOptions options, TimeProvider clock, ILogger<RelayRoom> logger)
    {
        (_items, _options, _logger) = (items, options, logger);
        _counts = new MinuteCache<Count>(CountAsync, clock);
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => await Answers.TryAsync(async () =>
        await IsFullAsync(context.HttpContext.RequestAborted) ? Answers.Unavailable(Full, ComeBackAfter) : (IResult)(await next(context))!);

    /// <summary>True where nothing more is taken in.</summary>
    public async Task<bool> IsFullAsync(CancellationToken cancellation)
    {
        if (_last is { } last && Holds(last) < _options.MostBytes)
            return false;

        // Of what has come since it was counted, some may have replaced what was there, and some of that may be sent.
        var isFull = Holds(_last = await _counts.GetAsync(cancellation)) >= _options.MostBytes;
        if (Interlocked.Exchange(ref _wasFull, isFull ? 1 : 0) == 0 && isFull)
            Log.Full(_logger, RelayOptions.MegabytesSetting);
        return isFull;
    }

    /// <summary>Bytes that all items take on disk, of which some may have gone within a minute.</summary>
    public async Task<long> HoldsAsync(CancellationToken cancellation) => Holds(await _counts.GetAsync(cancellation));

    private long Holds(Count count) => count.Bytes + _items.StagedBytes - count.StagedBefore;

    private async Task<Count> CountAsync(CancellationToken cancellation)
    {
        var before = _items.StagedBytes;
        return new Count(await _items.SumBytesAsync(cancellation), before);
    }

    /// <param name="Bytes">What all items take on disk.</param>
    /// <param name="StagedBefore">What had been staged until then.</param>
    private sealed record Count(long Bytes, long StagedBefore);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The relay holds as much as {Setting} lets it, and answers 503 until items are sent or dropped")]
        public static partial void Full(ILogger logger, string setting);
    }
}
