using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>The proof that a request is a system's own: the key that its id is made of, where it is made of one.</summary>
internal static class SystemKey
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-System-Key";

    private const string Missing = "The id is a UUID of version 8, which is made of a key that the system keeps. Send the key in " + Header + ".";
    private const string Wrong = "The key in " + Header + " does not give this id, which must be the first 16 bytes of the key's SHA-256, as a UUID of version 8. Send the key that the id was made of.";

    /// <summary>Refuses a request that does not prove to be the system's own.</summary>
    /// <exception cref="RequestRejectedException">403: the id is made of a key, and the request does not have it.</exception>
    public static void ThrowIfUnproven(this HttpRequest request, SystemId system)
    {
        var key = request.Headers[Header].ToString();
        if (!Proves(system, key))
            throw new RequestRejectedException(StatusCodes.Status403Forbidden, key.Length == 0 ? Missing : Wrong);
    }

    /// <summary>True where who has a key, or none, may speak for a system.</summary>
    /// <param name="system">The system. An id that is made of no key needs none.</param>
    /// <param name="key">The key; empty where there is none.</param>
    public static bool Proves(SystemId system, string key) => !system.IsMadeOfKey || (key.Length > 0 && system.IsMadeOf(key));
}
