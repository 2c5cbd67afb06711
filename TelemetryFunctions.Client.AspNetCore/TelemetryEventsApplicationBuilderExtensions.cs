using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Client.AspNetCore;
using TelemetryFunctions.Client.Events;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Tracks the requests of an application.</summary>
public static class TelemetryEventsApplicationBuilderExtensions
{
    /// <summary>Tracks each request by its route's template. To stand first: what comes before it is not measured.</summary>
    /// <param name="app">The application.</param>
    /// <exception cref="InvalidOperationException"><c>services.AddTelemetryEvents(…)</c> is missing.</exception>
    public static IApplicationBuilder UseTelemetryEvents(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<IServiceProviderIsService>()?.IsService(typeof(IEventTracker)) is false)
            throw new InvalidOperationException($"There is no {nameof(IEventTracker)}. Call services.AddTelemetryEvents(…) before the application is built.");
        return app.UseMiddleware<RequestTracking>();
    }
}
