using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The service as a process of its own, which a test may kill.</summary>
internal sealed class AppProcess : IDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 12_000;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Another run of the tests on this machine begins elsewhere.
    private static int _ports = Random.Shared.Next();

    private readonly Process _process;
    private readonly List<string> _output = [];

    private AppProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts the service on a free port and returns when it listens.</summary>
    public static Task<AppProcess> StartAsync(string directory, params (string Name, string Value)[] environment) =>
        StartAtAsync(new Uri($"http://127.0.0.1:{FreePort()}"), directory, [], environment);

    /// <summary>Starts the service, or a command that serves, at an address and returns when it listens.</summary>
    public static Task<AppProcess> StartAtAsync(Uri address, string directory, string[] arguments, params (string Name, string Value)[] environment) =>
        UntilItListensAsync(Launch("dotnet", [], directory, address.GetLeftPart(UriPartial.Authority), arguments, environment));

    /// <summary>Starts the service where no file may grow beyond a size, as on a disk that is full.</summary>
    public static Task<AppProcess> StartWithFileLimitAsync(string directory, int kibibytes, params (string Name, string Value)[] environment) =>
        UntilItListensAsync(Launch(
            "bash", ["-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec dotnet \"$@\"", "bash"],
            directory, $"http://127.0.0.1:{FreePort()}", [], [("DOTNET_EnableWriteXorExecute", "0"), .. environment]));

    private static async Task<AppProcess> UntilItListensAsync(AppProcess app)
    {
        var limit = Stopwatch.StartNew();
        while (!app.Output.Contains("Listening on", StringComparison.Ordinal))
        {
            if (app._process.HasExited || limit.Elapsed > StartLimit)
                throw new InvalidOperationException("The service did not start: " + app.Output);
            await Task.Delay(20);
        }

        return app;
    }

    /// <summary>Starts the service and waits for it to give up.</summary>
    /// <returns>Its exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string directory, string address, string[] arguments, params (string Name, string Value)[] environment)
    {
        using var app = Launch("dotnet", [], directory, address, arguments, environment);
        using var limit = new CancellationTokenSource(StartLimit);
        await app._process.WaitForExitAsync(limit.Token);
        return (app._process.ExitCode, app.Output);
    }

    /// <summary>
    /// A port that nobody listens at, and that no connection is given before somebody does: those that the system gives to connections lie above these.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _ports) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static AppProcess Launch(
        string command, string[] before, string directory, string address, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, [.. before, typeof(StandaloneHost).Assembly.Location, "--urls", address, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Telemetry__DataDirectory"] = directory, ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var app = new AppProcess(new Process { StartInfo = start }, new Uri(address));
        app._process.OutputDataReceived += (_, line) => app.Add(line.Data);
        app._process.ErrorDataReceived += (_, line) => app.Add(line.Data);
        app._process.Start();
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            if (line is not null)
                _output.Add(line);
        }
    }
}
