using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Storage.Migrations;

/// <summary>Registers the migrations; a new one is added here.</summary>
public static class MigrationServices
{
    public static IServiceCollection AddMigrations(this IServiceCollection services) => services
        .AddSingleton(FormatStore.Table)
        .AddSingleton<FormatStore>()
        .AddSingleton<IMigration, Migration001UserHashKey>()
        .AddSingleton<IMigration, Migration002Rollups>()
        .AddSingleton<Migrator>();
}
