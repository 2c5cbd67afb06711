using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Client.Reports;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what sends the daily report.</summary>
public static class TelemetryReportServiceCollectionExtensions
{
    /// <summary>Adds the daily report, filled in by a class. Options that can't be used stop the start of the host.</summary>
    /// <typeparam name="TSource">What the product says of itself.</typeparam>
    /// <param name="services">The host's services; an <see cref="ISystemStore"/> among them keeps the id in place of a file.</param>
    /// <param name="configure">Sets at least <see cref="TelemetryReportOptions.Endpoint"/> and <see cref="TelemetryReportOptions.Directory"/>.</param>
    public static IServiceCollection AddTelemetryReport<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(
        this IServiceCollection services, Action<TelemetryReportOptions> configure)
        where TSource : class, IReportSource
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IReportSource, TSource>();
        return services.AddTelemetryReport(configure);
    }

    /// <inheritdoc cref="AddTelemetryReport{TSource}" />
    /// <summary>Adds the daily report, filled in by a function. Options that can't be used stop the start of the host.</summary>
    /// <param name="services">The host's services; an <see cref="ISystemStore"/> among them keeps the id in place of a file.</param>
    /// <param name="configure">Sets at least <see cref="TelemetryReportOptions.Endpoint"/> and <see cref="TelemetryReportOptions.Directory"/>.</param>
    /// <param name="fill">Fills in a report, above all its components and properties.</param>
    public static IServiceCollection AddTelemetryReport(this IServiceCollection services, Action<TelemetryReportOptions> configure, Action<Report> fill)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(fill);
        services.TryAddSingleton<IReportSource>(new Filled(fill));
        return services.AddTelemetryReport(configure);
    }

    private static IServiceCollection AddTelemetryReport(this IServiceCollection services, Action<TelemetryReportOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<TelemetryReportOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryReportOptions>, Validator>());
        services.TryAddSingleton(Create);
        services.TryAddSingleton<IDailyReport>(provider => provider.GetRequiredService<DailyReporter>());
        services.AddHostedService<Runner>();
        return services;
    }

    private static DailyReporter Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<TelemetryReportOptions>>().Value;
        var clock = provider.GetService<TimeProvider>();
        return new DailyReporter(
            options,
            provider.GetRequiredService<IReportSource>(),
            provider.GetService<ISystemStore>() ?? new SystemFile(options.Directory ?? "", provider.GetService<ILogger<SystemFile>>(), clock),
            provider.GetService<ILogger<DailyReporter>>(),
            clock,
            provider.GetService<IConfiguration>());
    }

    private sealed class Filled(Action<Report> fill) : IReportSource
    {
        public ValueTask FillAsync(Report report, CancellationToken cancellation)
        {
            fill(report);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Runner(DailyReporter reporter) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => reporter.RunAsync(stoppingToken);
    }

    private sealed class Validator(IServiceProviderIsService? services = null) : IValidateOptions<TelemetryReportOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryReportOptions options) =>
            options.FindErrors(services?.IsService(typeof(ISystemStore)) is true).ToList() is { Count: > 0 } errors
                ? ValidateOptionsResult.Fail(errors)
                : ValidateOptionsResult.Success;
    }
}
