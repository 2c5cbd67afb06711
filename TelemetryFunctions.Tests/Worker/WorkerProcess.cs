using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The published app as a process of its own, started with the arguments the host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    public WorkerProcess(HostStandInOptions options, string workerId, Uri rpcAddress)
    {
        _process = new() { StartInfo = StartInfo(options, workerId, rpcAddress) };
        _process.OutputDataReceived += (_, line) => AddOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => AddOutput(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = WaitForExitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>What the worker wrote to its console: nothing but the reason when it can't start.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    public async Task<int> WaitOrKillAsync(TimeSpan grace)
    {
        try
        {
            return await Exited.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            return await Exited;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await WaitOrKillAsync(TimeSpan.Zero);
        _process.Dispose();
    }

    /// <summary>The same values twice over: the host keeps the older names for older workers.</summary>
    private static ProcessStartInfo StartInfo(HostStandInOptions options, string workerId, Uri rpcAddress)
    {
        var requestId = Guid.NewGuid().ToString();
        var maxMessageLength = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [
            options.AppPath,
            "--host", rpcAddress.Host,
            "--port", rpcAddress.Port.ToString(CultureInfo.InvariantCulture),
            "--workerId", workerId,
            "--requestId", requestId,
            "--grpcMaxMessageLength", maxMessageLength,
            "--functions-uri", rpcAddress.AbsoluteUri,
            "--functions-worker-id", workerId,
            "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", maxMessageLength])
        {
            WorkingDirectory = options.AppDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = options.AppDirectory;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppDirectory;
        foreach ((string name, string? value) in options.Settings)
            start.Environment[name] = value;

        return start;
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void AddOutput(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }
}
