namespace TelemetryFunctions.Storage;

/// <summary>The store can't be reached or can't write now; the same call may succeed later.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A part of the store's files can't be read, and won't be until somebody mends it; the message says how.</summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : StoreUnavailableException(message, inner);

/// <summary>A write's <c>notAfter</c> passed before it could be sent; nothing of it was written.</summary>
public sealed class WriteExpiredException(DateTimeOffset notAfter)
    : Exception($"The write was not to be sent after {notAfter:O}.");
