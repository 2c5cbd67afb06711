using TelemetryFunctions.Benchmarks.Load.Sending;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>What all parts of a load benchmark use.</summary>
/// <param name="Published">The service and this executable.</param>
/// <param name="Sender">Sends requests.</param>
/// <param name="Directory">Where sites are kept; it goes with the run.</param>
internal sealed record LoadRun(Published Published, LoadSender Sender, string Directory)
{
    /// <summary>The service and its limit are measured so often, in turns: what else the machine does then hits both.</summary>
    public const int Rounds = 3;

    /// <summary>A new directory.</summary>
    public string MakeDirectory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(Directory, name)).FullName;

    /// <summary>Starts the service.</summary>
    /// <param name="data">Its data directory.</param>
    /// <param name="environment">Production or Development.</param>
    /// <param name="command">A command of it, and its arguments.</param>
    public ChildSite StartService(string data, string environment = "Production", params string[] command) =>
        ChildSite.Start(Published.Service, url => [.. command, "--urls", url], new Dictionary<string, string>
        {
            ["Telemetry__DataDirectory"] = data,
            ["Standalone__FunctionKey"] = ChildSite.Key,
            ["Telemetry__WritesPerHour"] = "0",
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = environment,
        });

    /// <summary>Starts a server that only reads bodies, and serves files from memory.</summary>
    public ChildSite StartBareServer(params string[] files) => ChildSite.Start(Published.Benchmarks, url => ["limit", "serve", url, .. files]);

    /// <summary>Runs a command of this executable, published, to its end.</summary>
    public Task<IReadOnlyDictionary<string, double>> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null) =>
        Figures.RunAsync(Published.Benchmarks, arguments, settings);

    /// <summary>The one in the middle.</summary>
    public static T Middle<T>(IEnumerable<T> rounds, Func<T, double> figure)
    {
        var sorted = rounds.OrderBy(figure).ToList();
        return sorted[sorted.Count / 2];
    }
}
