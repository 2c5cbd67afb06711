using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>A report as the systems of a catalogue send it: what its metrics read and nothing else, with the values of its samples.</summary>
public static class ReportExample
{
    /// <summary>The id of a system that there is not.</summary>
    public const string SystemId = "7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    // What is in it is shown as text and not put into a script.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as JSON, in lines.</summary>
    public static string Of(MetricCatalogue catalogue)
    {
        var report = Schema;
        new SampledValues(catalogue, report, "system_id").CompleteWithFirst(report);
        return Write(report, catalogue.Report).ToJsonString(Indented);
    }

    /// <summary>A report as JSON, as the schema names its fields.</summary>
    public static string Write(Report report) => Formatter.Format(report);

    /// <summary>What systems say of the schema where no sample says otherwise: docs/samples/report.json.</summary>
    private static Report Schema => new()
    {
        SystemId = SystemId,
        OnlineWorkers = new ProcessStats { Processes = 6, Hosts = 2 },
        OnlineContentApps = new ProcessStats { Processes = 4, Hosts = 2 },
        Components = { new Component { Name = "core", Version = "3.21.4" }, new Component { Name = "rpm", Version = "3.25.1" } },
        PostgresqlVersion = 160004,
        RbacStats = new RbacStats { Users = 12, Groups = 3, Domains = 1, CustomAccessPolicies = 0, CustomRoles = 2 },
    };

    /// <summary>Properties are members of the report, but for those that the schema has a name for.</summary>
    private static JsonObject Write(Report report, ReportMembers own)
    {
        var members = JsonNode.Parse(Write(report))!.AsObject();
        var json = new JsonObject { [own.Id ?? "system_id"] = SystemId };
        foreach (var (name, value) in members.Where(member => member.Key is not ("system_id" or "properties")))
            json[name] = value?.DeepClone();
        foreach (var (name, value) in members["properties"]?.AsObject() ?? [])
        {
            if (!JsonProperties.IsOfSchema(name, own.AreOwn))
                json[name] = value?.DeepClone();
            else if (json["properties"] is JsonObject properties)
                properties[name] = value?.DeepClone();
            else
                json["properties"] = new JsonObject { [name] = value?.DeepClone() };
        }

        return json;
    }
}
