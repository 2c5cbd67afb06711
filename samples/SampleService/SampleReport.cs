using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Client.Reports;

namespace SampleService;

/// <summary>What the product says of itself once a day: its version and two numbers, and nothing of anybody.</summary>
internal sealed class SampleReport(ProjectList projects) : IReportSource
{
    private static readonly string Version =
        typeof(SampleReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public ValueTask FillAsync(Report report, CancellationToken cancellation)
    {
        report.Components.Add(new Component { Name = "sample", Version = Version });
        report.Properties = new Struct
        {
            Fields =
            {
                ["projects"] = Value.ForNumber(projects.Count),
                ["processors"] = Value.ForNumber(Environment.ProcessorCount),
            },
        };
        return ValueTask.CompletedTask;
    }
}
