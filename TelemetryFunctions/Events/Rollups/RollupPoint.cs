namespace TelemetryFunctions.Events.Rollups;

/// <summary>A number of a rollup in one window.</summary>
/// <param name="Rollup">The rollup.</param>
/// <param name="Value">Which of the label's numbers it is, one of <see cref="Rollups.Rollup.Values"/>.</param>
/// <param name="Label">The label.</param>
/// <param name="Number">The number.</param>
public readonly record struct RollupPoint(Rollup Rollup, string Value, string Label, double Number);
