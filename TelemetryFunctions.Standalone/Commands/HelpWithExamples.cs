using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Help that ends with lines one can copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly string[] Examples =
    [
        "TelemetryFunctions.Standalone",
        "TelemetryFunctions.Standalone --urls http://localhost:8080 --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone demo --days 730",
        "TelemetryFunctions.Standalone demo --metrics my.yaml",
        "TelemetryFunctions.Standalone demo --Telemetry:DataDirectory=/tmp/demo",
        "TelemetryFunctions.Standalone migrate --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone migrate all --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone migrate status --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone migrate dry-run --Telemetry:DataDirectory=/data",
        "AzureWebJobsStorage__accountName=mytelemetry TelemetryFunctions.Standalone migrate status",
        "AzureWebJobsStorage__accountName=mytelemetry TelemetryFunctions.Standalone migrate pre",
        "AzureWebJobsStorage__accountName=mytelemetry TelemetryFunctions.Standalone migrate post",
        "TelemetryFunctions.Standalone rebuild-charts --Telemetry:DataDirectory=/data",
        "AzureWebJobsStorage=UseDevelopmentStorage=true TelemetryFunctions.Standalone rebuild-charts",
        "TelemetryFunctions.Standalone redo --from 2026-11-18 --dry-run --Telemetry:DataDirectory=/data",
        "AzureWebJobsStorage=UseDevelopmentStorage=true TelemetryFunctions.Standalone redo --from 2026-11-18 --to 2026-11-20",
        "TelemetryFunctions.Standalone check metrics.yaml",
        "TelemetryFunctions.Standalone check metrics.yaml --Telemetry:AcceptPrereleases=true --report sample.json other.pb",
        "TelemetryFunctions.Standalone export telemetry-charts --Telemetry:DataDirectory=/data",
        "AzureWebJobsStorage__accountName=mytelemetry TelemetryFunctions.Standalone export telemetry-charts",
        "TelemetryFunctions.Standalone import telemetry-charts --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone import pulp --dry-run dump.json",
        "TelemetryFunctions.Standalone import pulp dump.json.gz --Telemetry:DataDirectory=/data",
        "TelemetryFunctions.Standalone import csv components/core.xyz.csv active-systems.csv",
        "TelemetryFunctions.Standalone import csv --chart components/core --by xyz downloaded.csv",
        "TelemetryFunctions.Standalone import json --by mean workers.json",
        "TelemetryFunctions.Standalone audit --Telemetry:MetricsFile=metrics.yaml --report sample.json",
        "TelemetryFunctions.Standalone audit --Telemetry:DataDirectory=/data --stored",
        "TelemetryFunctions.Standalone relay --to https://telemetry.example.org/ --data /relay --urls http://*:7072",
        "HTTPS_PROXY=http://proxy.example.net:3128 TelemetryFunctions.Standalone relay --to https://telemetry.example.org/",
        "TelemetryFunctions.Standalone relay list --data /relay",
        "TelemetryFunctions.Standalone relay list --data /relay --state refused",
        "TelemetryFunctions.Standalone relay show --data /relay 20261128-r-7d9c2f1e4b634a589e07c1b85d3fa264",
        "TelemetryFunctions.Standalone relay page --data /relay",
        "TelemetryFunctions.Standalone relay pause --data /relay",
        "TelemetryFunctions.Standalone relay resume --data /relay",
        "TelemetryFunctions.Standalone relay release --data /relay --state refused",
        "TelemetryFunctions.Standalone relay drop --data /relay 20261128-r-7d9c2f1e4b634a589e07c1b85d3fa264",
        "TelemetryFunctions.Standalone relay drop --data /relay --system 7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264",
    ];

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples.Where(example => IsOf(parseResult.CommandResult.Command, example)))
            output.WriteLine($"  {example}");
        return result;
    }

    /// <summary>The root shows them all.</summary>
    private static bool IsOf(Command command, string example) => command is RootCommand || example.Split(' ').Contains(command.Name, StringComparer.Ordinal);
}
