namespace TelemetryFunctions.Events.Operations;

/// <summary>A rollup's data.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What a maintainer reads above it.</param>
/// <param name="Step"><c>day</c> or <c>hour</c>.</param>
/// <param name="Times">The starts of the windows that have something, epoch ms, oldest first.</param>
/// <param name="Series">A series a label and value.</param>
public sealed record RollupDocument(string Id, string Title, string Step, IReadOnlyList<long> Times, IReadOnlyList<RollupSeries> Series);

/// <summary>One label's numbers.</summary>
/// <param name="Label">The label; a text from events, to be shown as text.</param>
/// <param name="Value">Which number of the label it is; empty where it has only one.</param>
/// <param name="Values">One a time; null where there is none.</param>
public sealed record RollupSeries(string Label, string Value, IReadOnlyList<double?> Values);

/// <summary>A rollup in the list of rollups.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What a maintainer reads above it.</param>
/// <param name="Step"><c>day</c> or <c>hour</c>.</param>
/// <param name="Values">Which numbers each label has.</param>
/// <param name="Href">Its path.</param>
public sealed record RollupEntry(string Id, string Title, string Step, IReadOnlyList<string> Values, string Href);
