using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>A web service that runs as a process of its own, and ends with this.</summary>
internal sealed class ChildSite : IDisposable
{
    /// <summary>The function key that it is asked with.</summary>
    public const string Key = "benchmark";

    private readonly Process _process;

    private ChildSite(Process process, string url)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(10), DefaultRequestHeaders = { { "x-functions-key", Key } } };
    }

    public HttpClient Client { get; }

    /// <summary>Starts it, and returns when it answers.</summary>
    /// <param name="assembly">Its executable, beside this one.</param>
    /// <param name="arguments">Its arguments, of the address that it is to listen at.</param>
    /// <param name="settings">Its environment.</param>
    public static ChildSite Start(string assembly, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments(url)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var site = new ChildSite(process, url);
        for (var waited = Stopwatch.StartNew(); !site.Answers();)
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException($"{assembly} did not start.");
            Thread.Sleep(50);
        }

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
