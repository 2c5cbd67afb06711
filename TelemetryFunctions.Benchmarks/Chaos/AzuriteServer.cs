using System.Diagnostics;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Azurite's table service, with its tables in memory or in a directory.</summary>
internal sealed class AzuriteServer : IDisposable
{
    private readonly string[] _arguments;
    private readonly int _port = ChildSite.FreePort();
    private Process? _process;

    /// <param name="location">Where it keeps its tables; null for in memory.</param>
    /// <exception cref="BenchmarkException">It is not installed.</exception>
    public AzuriteServer(string? location = null)
    {
        var script = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "TelemetryFunctions.Tests", "node_modules", "azurite", "dist", "src", "table", "main.js");
        if (!File.Exists(script))
            throw new BenchmarkException("Azurite is not installed: run npm --prefix TelemetryFunctions.Tests ci.");
        _arguments =
        [
            script, "--tableHost", "127.0.0.1", "--tablePort", _port.ToString(null, null), "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            .. location is null ? (string[])["--inMemoryPersistence"] : ["--location", location],
        ];
        Start();
    }

    /// <summary>The setting that leads the service to it. The key is the emulator's, the same for everybody.</summary>
    public KeyValuePair<string, string> Setting => new("AzureWebJobsStorage",
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;");

    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo("node", _arguments) { RedirectStandardOutput = true })!;
        _process.BeginOutputReadLine();
        using var client = new HttpClient();
        for (var tries = 0; tries < 600; tries++)
        {
            try
            {
                client.GetAsync($"http://127.0.0.1:{_port}/devstoreaccount1/Tables").GetAwaiter().GetResult().Dispose();
                return;
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(50);
            }
        }

        throw new BenchmarkException("Azurite does not start.");
    }

    /// <summary>Asks it to end, upon which it writes what it has.</summary>
    public void Stop()
    {
        if (_process is null)
            return;
        using (var kill = Process.Start("kill", ["-INT", _process.Id.ToString(null, null)]))
            kill.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose() => Stop();

    private static string Here([CallerFilePath] string here = "") => here;
}
