using System.Diagnostics;
using System.Text.RegularExpressions;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Client;

/// <summary>The sample service as a process of its own.</summary>
internal sealed partial class SampleProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private SampleProcess(Process process) => _process = process;

    public HttpClient Client { get; } = new();

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts it on a free port, and returns when it listens.</summary>
    public static async Task<SampleProcess> StartAsync(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var directory = Repository.PathOf("samples", "SampleService", "bin", configuration, "net10.0");
        var start = new ProcessStartInfo("dotnet", ["SampleService.dll", "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var sample = new SampleProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        sample._process.OutputDataReceived += (_, line) => sample.Add(line.Data);
        sample._process.ErrorDataReceived += (_, line) => sample.Add(line.Data);
        sample._process.Exited += (_, _) => sample._address.TrySetException(new InvalidOperationException("The sample ended: " + sample.Output));
        sample._process.Start();
        sample._process.BeginOutputReadLine();
        sample._process.BeginErrorReadLine();
        sample.Client.BaseAddress = await sample._address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return sample;
    }

    /// <summary>SIGTERM, as systemd and container runtimes stop it. Returns when it has ended.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
        if (line is not null && Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
