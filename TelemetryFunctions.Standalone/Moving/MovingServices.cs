using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Standalone.Moving.Export;
using TelemetryFunctions.Standalone.Moving.Installs;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Registers what moves a site's charts in and out.</summary>
internal static class MovingServices
{
    public static IServiceCollection AddMoving(this IServiceCollection services) => services
        .AddSingleton<ImportedSystems>()
        .AddSingleton<ImportedMarks>()
        .AddSingleton<Importer>()
        .AddSingleton<InstallExporter>()
        .AddSingleton<InstallImporter>()
        .AddSingleton<Exporter>();
}
