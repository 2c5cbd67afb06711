namespace TelemetryFunctions.Installs;

/// <summary>All that is kept of a client's user agent.</summary>
/// <param name="IsCi">Whether the client says that it runs in CI.</param>
/// <remarks>
/// Composer's is <c>Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1; Platform-PHP 8.1.0; CI)</c>, see
/// <c>StreamContextFactory::initOptions</c>. Any other says nothing.
/// </remarks>
public readonly record struct ClientAgent(bool IsCi)
{
    private const string Product = "Composer/";
    private const string CommentStart = " (";
    private const string PartEnd = "; ";
    private const string CiMark = "CI";

    public static ClientAgent Read(ReadOnlySpan<char> userAgent)
    {
        var start = userAgent.IndexOf(CommentStart, StringComparison.Ordinal);
        if (start < 0 || !userAgent.StartsWith(Product, StringComparison.Ordinal) || userAgent[^1] != ')')
            return default;

        var parts = userAgent[(start + CommentStart.Length)..^1];
        var last = parts[(parts.LastIndexOf(PartEnd, StringComparison.Ordinal) is var end and >= 0 ? end + PartEnd.Length : 0)..];
        return new ClientAgent(last.SequenceEqual(CiMark));
    }
}
