using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TelemetryFunctions.Storage;

/// <summary>Registers a store.</summary>
public static class TableStoreServices
{
    /// <summary>The store that <paramref name="create"/> makes, watched.</summary>
    public static IServiceCollection AddTableStore(this IServiceCollection services, Func<IServiceProvider, ITableStore> create)
    {
        services.TryAddSingleton<StoreWatch>();
        return services.AddSingleton<ITableStore>(provider => new WatchedTableStore(create(provider), provider.GetRequiredService<StoreWatch>()));
    }
}
