using System.Buffers;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Texts that are looked for all at once, however many they are.</summary>
internal sealed class WantedTexts(IReadOnlyCollection<string> texts)
{
    private readonly SearchValues<string> _values = SearchValues.Create([.. texts], StringComparison.Ordinal);

    /// <summary>One of them that the content holds, or null.</summary>
    public string? FindIn(string content) => content.AsSpan().IndexOfAny(_values) is >= 0 and var at
        ? texts.First(text => content.AsSpan(at).StartsWith(text, StringComparison.Ordinal))
        : null;
}
