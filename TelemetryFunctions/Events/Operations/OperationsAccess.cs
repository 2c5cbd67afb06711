using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Says who may read what is made of events: who has the key, or a cookie that was given for it.</summary>
public sealed class OperationsAccess(OperationsKey key, AccessCookie cookie, TimeProvider clock) : IDisposable
{
    /// <summary>The parameter of an address that carries the key, as Functions has it.</summary>
    public const string KeyParameter = "code";

    private const string KeyHeader = "x-functions-key";

    // Who guesses waits, and can't guess much at once. A cookie is never kept waiting.
    private static readonly TimeSpan WrongKeyTakes = TimeSpan.FromSeconds(1);
    private const int MostAtOnce = 16;

    private readonly SemaphoreSlim _asking = new(MostAtOnce);

    /// <summary>True where there is a key at all.</summary>
    public bool HasKey => key.Key.IsSet;

    /// <summary>Whether a request brings a key, in its header or its address, or a cookie.</summary>
    public async Task<Access> CheckAsync(HttpRequest request, CancellationToken cancellation)
    {
        var given = request.Headers.TryGetValue(KeyHeader, out var header) ? header.ToString() : request.Query[KeyParameter].ToString();
        return given.Length > 0 ? await CheckAsync(given, cancellation) : cookie.IsIn(request) ? Access.Open : Access.NoKey;
    }

    /// <summary>Whether this is the key.</summary>
    public async Task<Access> CheckAsync(string given, CancellationToken cancellation)
    {
        if (given.Length == 0 || !HasKey)
            return Access.NoKey;
        if (!await _asking.WaitAsync(TimeSpan.Zero, cancellation))
            return Access.TooMany;

        try
        {
            if (key.Key.IsOpenedBy(given))
                return Access.Open;
            await Task.Delay(WrongKeyTakes, clock, cancellation);
            return Access.WrongKey;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();
}

/// <summary>What somebody may do who asks.</summary>
public enum Access
{
    Open,
    NoKey,
    WrongKey,

    /// <summary>So many wrong keys are tried now that no other is looked at.</summary>
    TooMany,
}
