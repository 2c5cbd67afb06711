using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Client.Events;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what sends events.</summary>
public static class TelemetryEventsServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IEventTracker"/>. Options that can't be used stop the start of the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets at least <see cref="TelemetryEventsOptions.Endpoint"/> and <see cref="TelemetryEventsOptions.Key"/>.</param>
    public static IServiceCollection AddTelemetryEvents(this IServiceCollection services, Action<TelemetryEventsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<TelemetryEventsOptions>()
            .Configure(configure)
            .PostConfigure<IServiceProvider>((options, provider) => options.Service ??= provider.GetService<IHostEnvironment>()?.ApplicationName)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryEventsOptions>, Validator>());
        services.TryAddSingleton<IEventTracker>(provider => new EventTracker(
            provider.GetRequiredService<IOptions<TelemetryEventsOptions>>().Value,
            provider.GetService<ILogger<EventTracker>>(),
            provider.GetService<TimeProvider>(),
            provider.GetService<IMeterFactory>()));
        return services;
    }

    private sealed class Validator : IValidateOptions<TelemetryEventsOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryEventsOptions options) =>
            options.FindErrors().ToList() is { Count: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
