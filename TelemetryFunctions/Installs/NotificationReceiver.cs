using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Http;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Takes in notifications, best effort: a client is never told, because it could do nothing about it, but for a relay. What is lost is
/// counted and logged, without a word of what the client sent.
/// </summary>
public sealed partial class NotificationReceiver(
    NotificationParser parser, InstallStore installs, RelayKey relayKey, ClockWatch clockWatch, InstallMeter meter, ILogger<NotificationReceiver> logger)
{
    /// <summary>Bytes of a body: 1,000 downloads with the longest names and versions, and room for more fields.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Takes in the notification of a request. Returns when it is durable, or lost.</summary>
    /// <exception cref="StoreUnavailableException">It is not known to be durable, and the sender is a relay.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is, and the sender is a relay.</exception>
    public async Task ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        Notification? notification = null;
        try
        {
            notification = await ReadAsync(request, cancellation);
            if (notification is null)
            {
                meter.Rejected();
                Log.Rejected(logger);
                return;
            }

            clockWatch.ThrowIfNotSet();

            // Without the request's token: once read, it is stored, even where the client hangs up first.
            await installs.StoreAsync(notification.Downloads, InstallClient.Of(request, relayKey), CancellationToken.None);
            meter.Stored(notification.Downloads.Count, notification.Dropped);
        }
        catch (Exception e) when (e is StoreUnavailableException or ClockNotSetException && relayKey.IsOf(request))
        {
            // A relay keeps it, and sends it again.
            throw;
        }
        catch (Exception e)
        {
            var downloads = notification?.Downloads.Count ?? 0;
            meter.Lost(downloads);

            // The message of an unforeseen error may quote what was sent. Where it happened does not.
            if (e is StoreUnavailableException or ClockNotSetException)
                Log.Lost(logger, downloads, e.Message);
            else
                Log.Failed(logger, downloads, e.GetType().Name, e.StackTrace);
        }
    }

    private async Task<Notification?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await SentBody.ReadAsync(request, MaxBytes, cancellation) is { } body ? parser.Parse(body) : null;
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or ConnectionAbortedException or OperationCanceledException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A request to downloads was no notification of Composer's, and is ignored")]
        public static partial void Rejected(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "A notification of {Downloads} downloads is lost: {Reason}")]
        public static partial void Lost(ILogger logger, int downloads, string reason);

        [LoggerMessage(3, LogLevel.Error, "A notification of {Downloads} downloads is lost by {Error} {StackTrace}")]
        public static partial void Failed(ILogger logger, int downloads, string error, string? stackTrace);
    }
}
