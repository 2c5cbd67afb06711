using SampleService;
using TelemetryFunctions.Client.Events;
using TelemetryFunctions.Client.Reports;

var builder = WebApplication.CreateBuilder(args);
var telemetry = builder.Configuration.GetSection("Telemetry");
builder.Services.AddSingleton<ProjectList>();
builder.Services.AddTelemetryEvents(telemetry.Bind);
builder.Services.AddTelemetryReport<SampleReport>(options =>
{
    telemetry.Bind(options);
    options.TurnOff = "Telemetry__Enabled=false";
});

var app = builder.Build();
app.UseTelemetryEvents();

app.MapGet("/projects", (ProjectList projects) => projects.All);
app.MapGet("/projects/{id:int}", (int id, ProjectList projects) =>
    projects.Find(id) is { } name ? Results.Ok(new { id, name }) : Results.NotFound());
app.MapPost("/projects", (string name, ProjectList projects, IEventTracker events) =>
{
    var id = projects.Add(name);
    // Ids that say nothing, and not the name that somebody gave it.
    events.Track(new Event { ProjectCreated = new Project { ProjectId = $"{id}" } });
    return Results.Created($"/projects/{id}", new { id, name });
});

// Users may see what is sent.
app.MapGet("/telemetry", async (IDailyReport report, CancellationToken cancellation) =>
    Results.Text(await report.PreviewAsync(cancellation), "application/json"));

app.Run();
