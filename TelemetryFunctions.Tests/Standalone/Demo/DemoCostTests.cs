using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Demo;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Demo;

/// <summary>A demo costs as much as it has days: ten years take ten times what one takes.</summary>
public sealed class DemoCostTests
{
    private const string Catalogue = """
        metrics:
          - id: active
            title: Active
            group: Group
            question: How many?
            example: One.
            personal: no
            privacy: None.
            since: "1.0"
            status: stable
            kind: count
            unit: systems
            out-of: systems
            shape: line
        """;

    [Fact]
    public async Task The_store_is_asked_no_more_of_a_day_in_a_longer_history()
    {
        var (calls, charts) = await FillAsync(240);
        var (longerCalls, longerCharts) = await FillAsync(360);

        Assert.InRange(longerCalls, calls, 1.5 * calls);
        Assert.Equal(charts, longerCharts);
    }

    [Fact]
    public void A_fleet_of_ten_years_is_no_larger_than_one_of_two()
    {
        var largest = LargestDay(2 * 365);

        Assert.InRange(largest, 100, 2000);
        Assert.InRange(LargestDay(5 * 365), 100, largest);
        Assert.InRange(LargestDay(10 * 365), 100, largest);
    }

    private static int LargestDay(int days)
    {
        var fleet = new DemoFleet(days, ReportMetrics.Catalogue);
        return Enumerable.Range(0, 11).Max(tenth => fleet.ReportsOn(days * tenth / 10).Count());
    }

    /// <returns>Calls of the summaries', and how often a chart was written.</returns>
    private static async Task<(int Calls, int Charts)> FillAsync(int days)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory, "my.yaml");
        await File.WriteAllTextAsync(file, Catalogue);
        var builder = ServeCommand.CreateBuilder("--urls=http://127.0.0.1:0", $"--Telemetry:DataDirectory={directory.Path}", $"--Telemetry:MetricsFile={file}");
        builder.Logging.ClearProviders();
        builder.AddDemo();
        builder.Services.Replace(ServiceDescriptor.Singleton<ITableStore>(services => new CountingStore(services.GetRequiredService<SqliteTableStore>())));
        await using var host = ServeCommand.Build(builder);
        await host.OpenStoreAsync();
        await host.FillWithDemoAsync(days);

        var store = (CountingStore)host.Services.GetRequiredService<ITableStore>();
        return (store.Calls.Where(call => call.Key != ReportStore.Table.Name && call.Key != SystemRegistry.Table.Name).Sum(call => call.Value), store.Calls[ChartStore.Table.Name]);
    }

    /// <summary>Counts writes by table.</summary>
    private sealed class CountingStore(ITableStore inner) : StoreWrapper(inner)
    {
        public ConcurrentDictionary<string, int> Calls { get; } = [];

        public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            Count(table);
            return base.UpsertAsync(table, rows, notAfter, cancellation);
        }

        public override Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
        {
            Count(table);
            return base.TryWriteAsync(table, row, etag, cancellation);
        }

        public override Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
        {
            Count(table);
            return base.TryWriteAsync(table, rows, cancellation);
        }

        private void Count(TableSchema table) => Calls.AddOrUpdate(table.Name, 1, (_, count) => count + 1);
    }
}
