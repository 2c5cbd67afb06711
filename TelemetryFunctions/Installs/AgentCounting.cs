using Google.Protobuf.Collections;

namespace TelemetryFunctions.Installs.Schema;

/// <summary>Adds up installs by what their clients say of themselves.</summary>
public sealed partial class AgentCounts
{
    /// <summary>Counts one install.</summary>
    public void Add(ClientAgent agent)
    {
        Add(Platforms, agent.Platform, 1);
        Add(Php, agent.Php, 1);
    }

    public void Add(AgentCounts other)
    {
        foreach (var (platform, installs) in other.Platforms)
            Add(Platforms, platform, installs);
        foreach (var (php, installs) in other.Php)
            Add(Php, php, installs);
    }

    private static void Add(MapField<string, long> counts, string label, long installs) =>
        counts[label] = counts.TryGetValue(label, out var before) ? before + installs : installs;
}
