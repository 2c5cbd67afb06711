namespace TelemetryFunctions.Charts;

/// <summary>
/// Spells the id of a chart in a path, and reads it. Clients and proxies take a segment that is <c>.</c>, <c>..</c> or empty out
/// of a path, however it is escaped (RFC 3986, 5.2.4), and names come from reports: such a segment carries a mark in front.
/// </summary>
internal static class ChartPath
{
    private const char Mark = '~';

    /// <summary>The path of the chart of an id, escaped.</summary>
    public static string Of(string id) =>
        "/charts/" + string.Join('/', id.Split('/').Select(segment => Uri.EscapeDataString(NeedsMark(segment) ? Mark + segment : segment)));

    /// <summary>The id in a path, which a host has unescaped.</summary>
    public static string ReadId(string path) =>
        string.Join('/', path.Split('/').Select(segment => segment.StartsWith(Mark) ? segment[1..] : segment));

    // Nothing but dots, or something that would be read as marked.
    private static bool NeedsMark(string segment) => segment.AsSpan().TrimStart('.').IsEmpty || segment.StartsWith(Mark);
}
