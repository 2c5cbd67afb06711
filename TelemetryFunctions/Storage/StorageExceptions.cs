namespace TelemetryFunctions.Storage;

/// <summary>The store can't be reached or can't write now; the same call may succeed later.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A write's <c>notAfter</c> passed before it could be sent; nothing of it was written.</summary>
public sealed class WriteExpiredException(DateTimeOffset notAfter)
    : Exception($"The write was not to be sent after {notAfter:O}.");
