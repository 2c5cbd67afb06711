using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>The real Functions host, as Azure Functions Core Tools run it on a developer's machine.</summary>
internal sealed class CoreTools : IAsyncDisposable
{
    private static readonly string? Func = Executables.Find("func");

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process = new();
    private bool _isRunning;

    private CoreTools()
    {
    }

    /// <summary>Why tests on them are skipped, or null where they run. Skipped on CI too, which has none beside the tests.</summary>
    public static string? WhyMissing { get; } = Func is not null
        ? null
        : "Azure Functions Core Tools (func) are not installed. CI has none beside the tests either; its job \"azure\" serves the app on them.";

    public HttpClient Client { get; } = new();

    /// <summary>Starts the app and returns when it answers.</summary>
    public static async Task<CoreTools> StartAsync(string publishedApp, string storage)
    {
        var tools = new CoreTools();
        try
        {
            // A copy, because the settings go into a file beside the app.
            Copy(publishedApp, tools._directory);
            await File.WriteAllTextAsync(Path.Combine(tools._directory, "local.settings.json"), SettingsFile(storage));
            tools.Run();
            await tools.UntilItAnswersAsync();
            return tools;
        }
        catch
        {
            await tools.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_isRunning && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Dispose();
    }

    /// <summary>The settings of the sample, with a store of their own.</summary>
    private static string SettingsFile(string storage)
    {
        var values = JsonDocument.Parse(Deployment.Repository.Read("local.settings.sample.json")).RootElement.GetProperty("Values");
        var settings = values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());
        settings["AzureWebJobsStorage"] = storage;
        foreach (var (name, value) in AppRequests.Settings)
            settings[name] = value;
        return JsonSerializer.Serialize(new { IsEncrypted = false, Values = settings });
    }

    private static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private void Run()
    {
        // Core Tools have no option for the address: they listen on all of them.
        var port = AppProcess.FreePort();
        Client.BaseAddress = new Uri($"http://localhost:{port}");
        _process.StartInfo = new(Func!, ["start", "--no-build", "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT"] = "1" },
        };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _isRunning = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task UntilItAnswersAsync()
    {
        for (var waited = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(200))
        {
            if (_process.HasExited || waited.Elapsed > StartTimeout)
                throw new WorkerFailedException($"func does not serve the app: {string.Join('\n', _output)}");
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("/health", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>A test that needs Core Tools and Azurite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CoreToolsFactAttribute : FactAttribute
{
    public CoreToolsFactAttribute() => Skip = CoreTools.WhyMissing ?? Azurite.WhyMissing;
}
