using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage.Migrations;

/// <summary>Stores in the shape that they had before the first migration, their rows written by hand.</summary>
internal static class OldStore
{
    public static readonly byte[] Key = SHA256.HashData("the old key"u8);

    /// <summary>What <see cref="ReadRollupsAsync"/> reads once such a store is migrated.</summary>
    public const string Rollups = "active-users daily: 1\napi GET /: 3\napi GET /: 4 1.5";

    private static readonly Column<byte[]> Data = UserDays.Table.Columns.OfType<Column<byte[]>>().Single();

    /// <summary>The service on a store, not started and the store not open.</summary>
    public static WebApplication Build(TestStore store, Action<IServiceCollection>? configure = null)
    {
        var builder = ServeCommand.CreateBuilder([$"--{store.Setting.Key}={store.Setting.Value}", "--Logging:Console:LogLevel:Default=None"]);
        configure?.Invoke(builder.Services);
        return ServeCommand.Build(builder);
    }

    /// <summary>The service with another store in place of the one that it has.</summary>
    public static Action<IServiceCollection> On(ITableStore store) => services => services.Replace(ServiceDescriptor.Singleton(store));

    /// <summary>Makes a store hold a user's hash of a day, and the key of it where it was.</summary>
    public static async Task FillAsync(TestStore store, DateOnly day, string user)
    {
        await using var service = Build(store);
        var tables = service.Services.GetRequiredService<ITableStore>();
        await tables.InitializeAsync(default);
        await FillAsync(tables, day, user);
    }

    public static async Task FillAsync(ITableStore tables, DateOnly day, string user)
    {
        await tables.UpsertAsync(UserDays.Table, [new Row("key", "key", Data.Of(Key))]);
        var hash = HashOf(user);
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
        await tables.UpsertAsync(UserDays.Table, [new Row($"{day:yyyyMMdd}-{hash >> 60:x}", "000000", Data.Of(bytes))]);

        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await AddPointAsync(tables, "events-users", "_active-users", start, "daily", 1);
        await AddPointAsync(tables, "events-hours", "_api.requests", start, "GET /", 3);
        await AddPointAsync(tables, "events-hours", "_api.requests", start + 3_600_000, "GET /", 4);
        await AddPointAsync(tables, "events-hours", "_api.p50-ms", start + 3_600_000, "GET /", 1.5);
    }

    /// <summary>The windows of the rollups that such a store has.</summary>
    public static async Task<string> ReadRollupsAsync(ITableStore tables)
    {
        var rollups = new RollupStore(tables);
        var windows = Rollup.All.ToAsyncEnumerable().SelectMany(rollup => rollups.ReadAsync(rollup, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, default)
            .Select(window => $"{rollup.Id} {string.Join(' ', window.Stored.Labels)}: {string.Join(' ', window.Stored.Numbers.Where(double.IsFinite))}"));
        return string.Join('\n', await windows.ToListAsync());
    }

    private static async Task AddPointAsync(ITableStore tables, string list, string series, long ms, string label, double value)
    {
        await tables.UpsertAsync(PointStore.Series, [new Row(list, series, [.. PointStore.Series.Columns.OfType<Column<long>>().Select(column => column.Of(ms))])]);
        await tables.UpsertAsync(PointStore.Summary, [new Row(series, $"{ms:d13}~{KeyCodec.Encode(label)}", PointStore.Summary.Columns.OfType<Column<double>>().Single().Of(value))]);
    }

    public static ulong HashOf(string user) => BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(user)));

    public static async Task<byte[]?> FindOldKeyAsync(ITableStore tables) => (await tables.FindAsync(UserDays.Table, "key", "key"))?.Get(Data);

    /// <summary>The hash that the service makes of a user now.</summary>
    public static async Task<ulong> NewHashAsync(ITableStore tables, string user) => (await new UserHashes(tables).GetHashAsync(default))(user);
}
