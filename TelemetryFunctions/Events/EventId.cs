namespace TelemetryFunctions.Events;

/// <summary>The id of an event, a UUID in either of its two usual forms.</summary>
internal static class EventId
{
    public static bool TryParse(string text, out Guid id) => Guid.TryParseExact(text, "D", out id) || Guid.TryParseExact(text, "N", out id);

    /// <summary>In which of several passes over an hour an event is looked at, by its id.</summary>
    public static uint PassOf(Guid id, uint passes) => (uint)id.GetHashCode() % passes;
}
