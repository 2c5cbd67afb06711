namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>The way in: <c>FunctionsApplication.CreateBuilder(args)</c>.</summary>
public static class FunctionsApplication
{
    /// <summary>
    /// A builder that is configured by appsettings.json, environment variables (<c>__</c> between the parts of a
    /// key) and the command line (<c>--urls http://localhost:8080</c>, <c>--Telemetry:DataDirectory=/data</c>).
    /// The environment is named by <c>AZURE_FUNCTIONS_ENVIRONMENT</c>, by default Production.
    /// </summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
