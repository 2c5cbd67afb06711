using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Help that ends with lines one can copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Text = """
        Settings:
          Every setting of the README may be an environment variable (Telemetry__Product=Acme) or an
          argument (--Telemetry:Product=Acme).

        Examples:
          TelemetryFunctions.Standalone
          TelemetryFunctions.Standalone --urls http://localhost:8080 --Telemetry:DataDirectory=/data
          TelemetryFunctions.Standalone demo --days 730
          AzureWebJobsStorage=UseDevelopmentStorage=true TelemetryFunctions.Standalone rebuild-charts
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(Text);
        return result;
    }
}
