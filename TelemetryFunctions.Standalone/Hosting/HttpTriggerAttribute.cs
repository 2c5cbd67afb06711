namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Calls the function for HTTP requests. No methods means all methods.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    // The official attribute leaves the level at its zero here, so this one does too.
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    public AuthorizationLevel AuthLevel { get; }

    public string[]? Methods { get; }

    /// <summary>
    /// The route template below the route prefix of host.json; the function's name where it is null or empty.
    /// The root path is <c>{root:maxlength(0)?}</c>.
    /// </summary>
    public string? Route { get; set; }
}
