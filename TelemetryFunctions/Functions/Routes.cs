namespace TelemetryFunctions.Functions;

/// <summary>Route templates that several functions share.</summary>
internal static class Routes
{
    /// <summary>
    /// The root path. The isolated worker can't map an empty template or <c>/</c>, and this one matches nothing but the root.
    /// </summary>
    public const string Root = "{root:maxlength(0)?}";
}
