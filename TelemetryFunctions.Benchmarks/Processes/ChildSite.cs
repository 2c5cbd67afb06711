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

    private ChildSite(Process process, string url)
    {
        _process = process;
        Url = url;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = Patience, DefaultRequestHeaders = { { "x-functions-key", Key } } };
    }

    public string Url { get; }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

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
    public static ChildSite Start(string assembly, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments(url)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var site = new ChildSite(process, url);
        while (!site.Answers())
        {
            if (process.HasExited || watch.Elapsed > Patience)
                throw new BenchmarkException($"{Path.GetFileName(assembly)} {(process.HasExited ? $"ended with {process.ExitCode}" : "does not answer")} before it served /health.");
            Thread.Sleep(AskEvery);
        }

        site.StartedIn = watch.Elapsed;
        return site;
    }

    public void Dispose()
    {
        Client.Dispose();

        // As an operator ends it, so that its files are as it leaves them.
        Process.Start("kill", ["-TERM", _process.Id.ToString(null, null)])!.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
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
