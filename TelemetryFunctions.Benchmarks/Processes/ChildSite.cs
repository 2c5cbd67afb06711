using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TelemetryFunctions.Benchmarks.Processes;

/// <summary>A web service that runs as a process of its own, and ends with this.</summary>
internal sealed class ChildSite : IDisposable
{
    /// <summary>The function key that it is asked with.</summary>
    public const string Key = "benchmark-of-its-own";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // A start is told this precisely, and is slowed down by so many attempts.
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(4);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines;

    private ChildSite(Process process, ConcurrentQueue<string> lines, string url)
    {
        (_process, _lines) = (process, lines);
        Url = url;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = Patience, DefaultRequestHeaders = { { "x-functions-key", Key } } };
    }

    public string Url { get; }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <summary>What it has written to the console.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>From the start of the process to its first 200.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Bytes that are in memory now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    /// <param name="assembly">The path of its executable.</param>
    /// <param name="arguments">Its arguments, of the address that it is to listen at.</param>
    /// <param name="settings">Its environment.</param>
    /// <exception cref="BenchmarkException">It ended, or does not answer.</exception>
    public static ChildSite Start(string assembly, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string>? settings = null) =>
        Start(["dotnet", assembly], arguments, settings);

    /// <param name="command">What runs it.</param>
    /// <inheritdoc cref="Start(string, Func{string, IEnumerable{string}}, IReadOnlyDictionary{string, string}?)"/>
    public static ChildSite Start(IReadOnlyList<string> command, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var watch = Stopwatch.StartNew();
        var (process, lines) = Launch([.. command, .. arguments(url)], settings);
        var site = new ChildSite(process, lines, url);
        while (!site.Answers())
        {
            if (process.HasExited || watch.Elapsed > Patience)
                throw new BenchmarkException($"{Path.GetFileName(command[^1])} {(process.HasExited ? $"ended with {process.ExitCode}" : "does not answer")} before it served /health: {lines.LastOrDefault()}");
            Thread.Sleep(AskEvery);
        }

        site.StartedIn = watch.Elapsed;
        return site;
    }

    /// <summary>Runs what ends by itself.</summary>
    /// <returns>Its exit code, and what it wrote to the console.</returns>
    public static (int ExitCode, string Output) Run(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> settings)
    {
        var (process, lines) = Launch(command, settings);
        using (process)
        {
            if (!process.WaitForExit(Patience))
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (process.ExitCode, string.Join('\n', lines));
        }
    }

    /// <summary>SIGKILL: it can do nothing any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();

        // As an operator ends it, so that its files are as it leaves them.
        if (!_process.HasExited)
            Process.Start("kill", ["-TERM", _process.Id.ToString(null, null)])!.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static (Process Process, ConcurrentQueue<string> Lines) Launch(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The sender is one client, whatever crowd it stands for.
        start.Environment["Telemetry__WritesPerHour"] = "0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var lines = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, lines);

        void Add(string? line)
        {
            if (line is not null)
                lines.Enqueue(line);
        }
    }

    private bool Answers()
    {
        try
        {
            return Client.GetAsync("/health").GetAwaiter().GetResult().IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A port that nobody listens at now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
