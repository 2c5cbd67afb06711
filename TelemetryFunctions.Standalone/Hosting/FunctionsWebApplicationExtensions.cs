namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Opts in to HTTP.</summary>
public static class FunctionsWebApplicationExtensions
{
    /// <summary>Serves the app's HTTP functions; without this call they answer 404.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.ServesHttp = true;
        return builder;
    }
}
