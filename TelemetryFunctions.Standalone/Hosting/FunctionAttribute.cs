namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Makes a method a function of the app. Names are unique in the app.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
