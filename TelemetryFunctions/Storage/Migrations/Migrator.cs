using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Storage.Migrations;

/// <summary>Brings a store to the format of this version.</summary>
/// <remarks>Any number of machines may do it at once, and each may be killed anywhere: a migration is noted when it is done, and doing one again changes nothing.</remarks>
public sealed partial class Migrator
{
    private readonly ITableStore _store;
    private readonly FormatStore _formats;
    private readonly IReadOnlyList<TableSchema> _tables;
    private readonly IReadOnlyList<IMigration> _migrations;
    private readonly ILogger<Migrator> _logger;

    public Migrator(
        ITableStore store, FormatStore formats, IEnumerable<TableSchema> tables, IEnumerable<IMigration> migrations, ILogger<Migrator> logger)
    {
        (_store, _formats, _logger) = (store, formats, logger);
        _tables = [.. tables.OrderBy(table => table.Name, StringComparer.Ordinal)];
        _migrations = [.. migrations.OrderBy(migration => migration.Number)];
    }

    private int Latest => _migrations.Count == 0 ? 0 : _migrations[^1].Number;

    private StoreFormat Newest => new(Latest, Latest);

    /// <summary>Opens the store, creates what tables it lacks, and does the first half of every migration: before anything reads it.</summary>
    /// <exception cref="StartupException">The store can't be used, or a newer version has migrated it.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await _store.InitializeAsync(cancellation);
        while (true)
        {
            var (format, etag) = await ReadOrBeginAsync(cancellation);
            if (_migrations.FirstOrDefault(migration => migration.Number > format.Pre) is not { } next)
            {
                if (format.Post < Latest)
                    Log.HalfDone(_logger, Latest);
                return;
            }

            await next.PreAsync(_store, cancellation);
            await _formats.TryWriteAsync(format with { Pre = next.Number }, etag, cancellation);
            Log.Done(_logger, next.Number, next.Pre);
        }
    }

    /// <summary>Does the second half of every migration, of an open store. No older version may run any more.</summary>
    /// <param name="rebuildCharts">Makes the chart documents again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task FinishAsync(Func<CancellationToken, Task> rebuildCharts, CancellationToken cancellation)
    {
        while (true)
        {
            var (format, etag) = await ReadOrBeginAsync(cancellation);
            var rest = _migrations.Where(migration => migration.Number > format.Post).ToList();
            if (rest.Count == 0)
                return;

            await rest[0].PostAsync(_store, cancellation);
            if (rest.FindLast(migration => migration.ChangesCharts) == rest[0])
                await rebuildCharts(cancellation);
            await _formats.TryWriteAsync(format with { Post = rest[0].Number }, etag, cancellation);
            Log.Done(_logger, rest[0].Number, rest[0].Post);
        }
    }

    /// <summary>Looks at the store, which need not be open, and changes nothing.</summary>
    /// <exception cref="StartupException">The store can't be used, or a newer version has migrated it.</exception>
    public async Task<StoreStatus> LookAsync(CancellationToken cancellation)
    {
        var stored = (await _store.ListTablesAsync(cancellation)).ToDictionary(table => table.Name, StringComparer.Ordinal);
        var format = stored.ContainsKey(FormatStore.Table.Name) ? (await _formats.ReadAsync(cancellation)).Format : null;
        format = Checked(format ?? await GuessAsync(_tables.Where(table => stored.ContainsKey(table.Name)), cancellation));
        var tables = _tables.Select(table => new TableStatus(table.Name, FormatOf(table, format.Pre), stored.GetValueOrDefault(table.Name))).ToList();
        return new StoreStatus(tables, [.. Pending(tables, format)]);
    }

    private IEnumerable<PendingStep> Pending(IReadOnlyList<TableStatus> tables, StoreFormat format)
    {
        foreach (var table in tables)
        {
            if (table.Stored is null)
                yield return new PendingStep(true, null, $"creates the table {table.Name}");
            foreach (var column in table.Stored?.MissingColumns ?? [])
                yield return new PendingStep(true, null, $"adds the column {column} to {table.Name}");
        }

        foreach (var migration in _migrations.Where(migration => migration.Number > format.Pre))
            yield return new PendingStep(true, migration.Number, migration.Pre);
        foreach (var migration in _migrations.Where(migration => migration.Number > format.Post))
            yield return new PendingStep(false, migration.Number, migration.Post);
        if (_migrations.Any(migration => migration.Number > format.Post && migration.ChangesCharts))
            yield return new PendingStep(false, null, "makes the chart documents again");
    }

    /// <summary>The format of the store; of one that has none, it is noted first, so that all machines go by the same.</summary>
    private async Task<(StoreFormat Format, string? ETag)> ReadOrBeginAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (format, etag) = await _formats.ReadAsync(cancellation);
            if (format is not null)
                return (Checked(format), etag);
            await _formats.TryWriteAsync(await GuessAsync(_tables, cancellation), null, cancellation);
        }
    }

    /// <summary>A store that does not tell is older than the first migration, or new.</summary>
    private async Task<StoreFormat> GuessAsync(IEnumerable<TableSchema> existing, CancellationToken cancellation)
    {
        foreach (var table in existing.Where(table => table != FormatStore.Table))
        {
            if (await _store.ScanAsync(table, KeyRange.All, [], cancellation).AnyAsync(cancellation))
                return new StoreFormat(0, 0);
        }

        return Newest;
    }

    /// <remarks>A newer version whose second half is not done has left all that this one reads.</remarks>
    private StoreFormat Checked(StoreFormat format) => format.Post <= Latest ? format : throw new StartupException(string.Create(
        CultureInfo.InvariantCulture,
        $"This store has format {format.Post}, of a newer version; this one knows those up to {Latest}. Update the service, or restore a backup."));

    private int FormatOf(TableSchema table, int through) =>
        _migrations.LastOrDefault(migration => migration.Number <= through && migration.Tables.Contains(table))?.Number ?? 0;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Migration {Number:d3} {Does}: done")]
        public static partial void Done(ILogger logger, int number, string does);

        [LoggerMessage(2, LogLevel.Information, "Migration {Number:d3} is half done; once no older version runs any more, \"migrate post\" ends it")]
        public static partial void HalfDone(ILogger logger, int number);
    }
}
