using System.Data.Common;
using TelemetryFunctions.Client.Reports;

namespace TelemetryFunctions.Tests.Client.Reports;

public sealed class SqlSystemStore(DbDataSource database) : ISystemStore
{
    public async ValueTask<SystemState?> FindAsync(CancellationToken cancellation)
    {
        await using var find = database.CreateCommand("SELECT state FROM telemetry_system");
        return await find.ExecuteScalarAsync(cancellation) is string state ? SystemState.Parse(state) : null;
    }

    public async ValueTask<bool> TryReplaceAsync(SystemState? before, SystemState after, CancellationToken cancellation)
    {
        // CREATE TABLE telemetry_system (id INTEGER PRIMARY KEY, state TEXT NOT NULL)
        await using var replace = database.CreateCommand(before is null
            ? "INSERT INTO telemetry_system (id, state) VALUES (1, @after) ON CONFLICT DO NOTHING"
            : "UPDATE telemetry_system SET state = @after WHERE state = @before");
        Add(replace, "@after", after.ToJson());
        if (before is not null)
            Add(replace, "@before", before.ToJson());
        return await replace.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
