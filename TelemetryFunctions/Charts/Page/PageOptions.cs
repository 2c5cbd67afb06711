namespace TelemetryFunctions.Charts.Page;

/// <summary>What the page says about its site.</summary>
/// <param name="Product">The product whose installations report, shown in the title and the header; empty for none.</param>
public sealed record PageOptions(string Product = "");
