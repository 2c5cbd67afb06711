using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>Tells a service that is away from one that refuses.</summary>
internal static class AzureErrors
{
    public static readonly string TableNotFound = TableErrorCode.TableNotFound.ToString();

    /// <summary>What a call answers, with a service that is away as a <see cref="StoreUnavailableException"/>.</summary>
    public static async Task<T> Translate<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsUnavailable(e))
        {
            throw Unavailable(e);
        }
    }

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool IsUnavailable(Exception error) => error switch
    {
        RequestFailedException { Status: 0 or 401 or 403 or 408 or 429 or >= 500 } => true,
        // What Azure.Core throws when no try got an answer.
        AggregateException tries => tries.InnerExceptions.All(IsUnavailable),
        // A try that took longer than the network timeout.
        OperationCanceledException => true,
        AuthenticationFailedException or HttpRequestException or IOException or StoreUnavailableException => true,
        _ => false,
    };

    /// <summary>Whether somebody deleted the table that was asked for.</summary>
    public static bool IsTableGone(RequestFailedException error) =>
        error.ErrorCode == TableNotFound || error.ErrorCode == TableErrorCode.TableBeingDeleted;

    public static StoreUnavailableException Unavailable(Exception error) =>
        error as StoreUnavailableException
        ?? new StoreUnavailableException($"The table service is away: {FirstLine(error)}", error);

    /// <summary>Why the store can't be opened, for the person who started it.</summary>
    public static StartupException CannotStart(Uri service, Exception error)
    {
        var cause = error is AggregateException tries ? tries.InnerExceptions[^1] : error;
        return cause switch
        {
            RequestFailedException { Status: 401 or 403 } => new StartupException(
                $"The table service at {service} refuses this account ({FirstLine(cause)}); check the key in "
                + "AzureWebJobsStorage, or give the identity the role Storage Table Data Contributor.",
                error),
            AuthenticationFailedException => new StartupException(
                $"No identity to open the table service at {service} with ({FirstLine(cause)}); "
                + "check AzureWebJobsStorage__tableServiceUri and the managed identity.",
                error),
            RequestFailedException { Status: > 0 and not 408 and not 429 and < 500 } => new StartupException(
                $"The table service at {service} does not create the tables ({FirstLine(cause)}).",
                error),
            _ => new StartupException(
                $"No table service answers at {service} ({FirstLine(cause)}); start Azurite with "
                + "\"npm --prefix TelemetryFunctions.Tests run azurite\", or check AzureWebJobsStorage.",
                error),
        };
    }

    private static string FirstLine(Exception error)
    {
        var message = error is AggregateException tries ? tries.InnerExceptions[^1].Message : error.Message;
        return message.AsSpan(0, message.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : message.Length)
            .TrimEnd()
            .TrimEnd('.')
            .ToString();
    }
}
