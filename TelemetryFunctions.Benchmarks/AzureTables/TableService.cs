using Azure.Core;
using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;

namespace TelemetryFunctions.Benchmarks.AzureTables;

/// <summary>Opens the store of the settings, with a log of its requests.</summary>
internal static class TableService
{
    public static AzureTableStore Open(IEnumerable<TableSchema> tables, TimeProvider clock, RequestLog log)
    {
        var setting = Environment.GetEnvironmentVariable("AzureWebJobsStorage");
        return new AzureTableStore(
            options =>
            {
                options.AddPolicy(log, HttpPipelinePosition.PerRetry);
                return new TableServiceClient(string.IsNullOrEmpty(setting) ? "UseDevelopmentStorage=true" : setting, options);
            },
            tables,
            clock);
    }
}
