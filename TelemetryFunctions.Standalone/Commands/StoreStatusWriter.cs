using System.Globalization;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.Migrations;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Writes what a store is like for people, in lines that a script can cut as well.</summary>
internal static class StoreStatusWriter
{
    public static async Task WriteTablesAsync(TextWriter output, StoreStatus status)
    {
        await output.WriteLineAsync($"{"TABLE",-12}  {"FORMAT",6}  {"ROWS",14}");
        foreach (var table in status.Tables)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-12}  {table.Format,6}  {Rows(table.Stored),14}"));
    }

    public static async Task WriteStepsAsync(TextWriter output, IReadOnlyList<PendingStep> steps, string before, string none)
    {
        await output.WriteLineAsync(steps.Count == 0 ? none : before);
        foreach (var step in steps)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {(step.IsPre ? "pre" : "post"),-4}  {step.Number,3:d3}  {step.Does}"));
    }

    private static string Rows(StoredTable? table) => table switch
    {
        null => "not there yet",
        { Rows: null } => "not counted",
        { Rows: > StoredTable.MaxCounted } => string.Create(CultureInfo.InvariantCulture, $"over {StoredTable.MaxCounted:n0}"),
        { Rows: { } rows } => rows.ToString("n0", CultureInfo.InvariantCulture),
    };
}
