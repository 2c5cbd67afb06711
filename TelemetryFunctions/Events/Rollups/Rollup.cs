namespace TelemetryFunctions.Events.Rollups;

/// <summary>What is told of events: a table of points that /operations shows.</summary>
/// <param name="Id">Its id in routes, <c>[a-z0-9-]+</c>.</param>
/// <param name="Title">What a maintainer reads above it.</param>
/// <param name="Step">A day or an hour.</param>
/// <param name="Values">The values of each label; a single empty one where the labels are the values.</param>
public sealed record Rollup(string Id, string Title, TimeSpan Step, IReadOnlyList<string> Values)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly string[] LabelsOnly = [""];

    public static readonly Rollup ActiveUsers = new("active-users", "Active users", Day, LabelsOnly);
    public static readonly Rollup Tasks = new("tasks", "Tasks", Day, LabelsOnly);
    public static readonly Rollup Authentication = new("authentication", "Authentication", Day, LabelsOnly);
    public static readonly Rollup Integrations = new("integrations", "Integrations", Day, ["connected", "disconnected", "used", "errors", "flows-started", "flows-completed"]);
    public static readonly Rollup Webhooks = new("webhooks", "Webhooks", Day, ["received", "processed"]);
    public static readonly Rollup Cocoons = new("cocoons", "Cocoons", Day, LabelsOnly);
    public static readonly Rollup Projects = new("projects", "Projects", Day, LabelsOnly);
    public static readonly Rollup Custom = new("custom", "Custom events", Day, LabelsOnly);
    public static readonly Rollup Api = new("api", "API requests", Hour, ["requests", "errors", "error-rate", "p50-ms", "p95-ms", "p99-ms"]);
    public static readonly Rollup Database = new("database", "Database queries", Hour, ["queries", "p50-ms", "p95-ms", "p99-ms"]);
    public static readonly Rollup Errors = new("errors", "Application errors", Hour, LabelsOnly);

    /// <summary>All of them, in the order of the dashboard.</summary>
    public static IReadOnlyList<Rollup> All { get; } =
        [ActiveUsers, Tasks, Api, Errors, Authentication, Integrations, Webhooks, Cocoons, Projects, Database, Custom];

    /// <summary>Those of a step.</summary>
    public static IEnumerable<Rollup> Of(TimeSpan step) => All.Where(rollup => rollup.Step == step);
}
