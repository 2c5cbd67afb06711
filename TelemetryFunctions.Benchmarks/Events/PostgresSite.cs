using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>
/// The same routes on PostgreSQL, as one would write them there: a batch is one statement, the numbers are materialized views.
/// </summary>
internal static class PostgresSite
{
    private static readonly string[] Views =
        ["active_users", "tasks", "api", "database", "errors", "authentication", "integrations", "webhooks", "cocoons", "projects", "custom"];

    public static async Task RunAsync(string connectionString, string url)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using (var create = database.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Events", "postgres.sql"))))
            await create.ExecuteNonQueryAsync();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add(url);
        app.MapGet("/health", () => "ok");
        app.MapPost("/events", request => StoreAsync(database, request));
        app.MapPut("/", async () =>
        {
            foreach (var view in Views)
                await ExecuteAsync(database, $"REFRESH MATERIALIZED VIEW {view}");
        });
        app.MapGet("/operations/api", (string from, string to) => ReadAsync(database, DateTime.Parse(from, null, System.Globalization.DateTimeStyles.AdjustToUniversal), DateTime.Parse(to, null, System.Globalization.DateTimeStyles.AdjustToUniversal)));
        await app.RunAsync();
    }

    /// <summary>Bytes of the events and their indexes.</summary>
    public static async Task<long> SizeAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var size = database.CreateCommand("SELECT pg_total_relation_size('events')");
        return (long)(await size.ExecuteScalarAsync())!;
    }

    private static async Task StoreAsync(NpgsqlDataSource database, HttpContext context)
    {
        using var batch = await JsonDocument.ParseAsync(context.Request.Body);
        var count = batch.RootElement.GetArrayLength();
        var (ids, times, services, users, types, data) = (new Guid[count], new DateTime[count], new string[count], new string?[count], new string[count], new string[count]);
        foreach (var (i, made) in batch.RootElement.EnumerateArray().Index())
        {
            foreach (var member in made.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "id": ids[i] = member.Value.GetGuid(); break;
                    case "timestamp": times[i] = member.Value.GetDateTime(); break;
                    case "service": services[i] = member.Value.GetString()!; break;
                    case "userId": users[i] = member.Value.GetString(); break;
                    default: (types[i], data[i]) = (member.Name, member.Value.GetRawText()); break;
                }
            }
        }

        await using var insert = database.CreateCommand("INSERT INTO events SELECT * FROM unnest($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");
        insert.Parameters.Add(new() { Value = ids });
        insert.Parameters.Add(new() { Value = times });
        insert.Parameters.Add(new() { Value = services });
        insert.Parameters.Add(new() { Value = users });
        insert.Parameters.Add(new() { Value = types });
        insert.Parameters.Add(new() { Value = data, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        await context.Response.WriteAsJsonAsync(new { accepted = await insert.ExecuteNonQueryAsync() });
    }

    private static async Task<IResult> ReadAsync(NpgsqlDataSource database, DateTime from, DateTime to)
    {
        await using var read = database.CreateCommand("SELECT hour, method, route, requests, errors, latency FROM api WHERE hour >= $1 AND hour < $2 ORDER BY hour, route, method");
        read.Parameters.Add(new() { Value = from });
        read.Parameters.Add(new() { Value = to.AddDays(1) });
        await using var rows = await read.ExecuteReaderAsync();
        var answer = new List<object>();
        while (await rows.ReadAsync())
            answer.Add(new { hour = rows.GetDateTime(0), method = rows.GetString(1), route = rows.GetString(2), requests = rows.GetInt64(3), errors = rows.GetInt64(4), latency = rows.GetFieldValue<double[]>(5) });
        return TypedResults.Ok(answer);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
