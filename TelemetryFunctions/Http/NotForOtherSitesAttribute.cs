namespace TelemetryFunctions.Http;

/// <summary>Marks a function that everybody may ask, but no page of another site: what it answers is somebody's own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotForOtherSitesAttribute : Attribute;
