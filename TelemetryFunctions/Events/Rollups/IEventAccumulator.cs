namespace TelemetryFunctions.Events.Rollups;

/// <summary>Turns the events of one window into points. The result does not depend on their order.</summary>
internal interface IEventAccumulator
{
    /// <summary>Adds an event, each once.</summary>
    void Add(in StoredEvent stored);

    /// <summary>The points of the window.</summary>
    IEnumerable<RollupPoint> Points();
}
