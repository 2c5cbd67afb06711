namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>Which items somebody means: those that are all of it.</summary>
/// <param name="Ids">These and no others, with the ETag of each that somebody has looked at, or null for whatever is there; empty for any.</param>
/// <param name="System">Reports of this system, 32 hex digits; null for any.</param>
/// <param name="State">What is in this state; null for any.</param>
internal sealed record RelaySelection(IReadOnlyDictionary<RelayId, string?> Ids, string? System, RelayState? State)
{
    public static readonly RelaySelection Everything = new(new Dictionary<RelayId, string?>(), null, null);

    /// <summary>All that waits to be sent.</summary>
    public static readonly RelaySelection Staged = Everything with { State = RelayState.Staged };

    /// <summary>True where it names nothing at all.</summary>
    public bool IsEverything => Ids.Count == 0 && System is null && State is null;

    public bool Has(RelayItem item) =>
        (Ids.Count == 0 || (Ids.TryGetValue(item.Id, out var looked) && (looked is null || looked == item.ETag))) && (System is null || item.System == System) && (State is null || item.State == State);
}
