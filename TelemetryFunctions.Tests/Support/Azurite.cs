using System.Diagnostics;

namespace TelemetryFunctions.Tests.Support;

/// <summary>A real Azurite table service on a free port of 127.0.0.1, and its blob and queue services where asked for.</summary>
public sealed class Azurite : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private const string FirstAccount = "devstoreaccount1";

    // Public and the same for every emulator; here, for every account.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int MaxAccounts = 500;

    private readonly int _port = AppProcess.FreePort();
    private readonly int _blobPort = AppProcess.FreePort();
    private readonly int _queuePort = AppProcess.FreePort();
    private Process? _process;
    private int _accounts;

    /// <summary>Where it keeps its tables; null keeps them in memory.</summary>
    public string? Location { get; init; }

    /// <summary>True where it serves blobs and queues too, which the Functions host keeps its timers in.</summary>
    public bool IsWhole { get; init; }

    public static string Script { get; } = Path.Combine(Sources, "table", "main.js");

    private static string Sources => Path.Combine(ProjectDirectory(), "node_modules", "azurite", "dist", "src");

    /// <summary>Why tests on Azurite are skipped, or null where they run. On CI they always run, if only to fail.</summary>
    public static string? WhyMissing { get; } =
        File.Exists(Script) || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : "Azurite is not installed; run \"npm ci\" in TelemetryFunctions.Tests.";

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>A connection string with the emulator's well-known account.</summary>
    public string ConnectionString => ConnectionStringOf(FirstAccount);

    /// <summary>The connection string of an account that nobody else uses, so its tables are empty.</summary>
    public string NewAccount() => Interlocked.Increment(ref _accounts) is <= MaxAccounts and var number
        ? ConnectionStringOf(AccountName(number))
        : throw new InvalidOperationException($"Azurite was started with {MaxAccounts} accounts.");

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments())
            start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';', Enumerable.Range(1, MaxAccounts).Select(AccountName).Prepend(FirstAccount).Select(account => $"{account}:{Key}"));
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var errors = _process.StandardError.ReadToEndAsync();

        using var http = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(http))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"Azurite ended with {_process.ExitCode}: {await errors}");
            if (waited.Elapsed > StartTimeout)
                throw new TimeoutException($"Azurite does not answer on port {_port}.");
            await Task.Delay(50);
        }
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>
    /// Ends it after it had the time to write: Azurite saves its tables every few seconds and when it is asked to end.
    /// </summary>
    public async Task ShutDownAsync()
    {
        if (_process is null)
            return;
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    // Where it is not installed, the tests that would use it are skipped.
    public Task InitializeAsync() => WhyMissing is null ? StartAsync() : Task.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync() => await StopAsync();

    public Task DisposeAsync() => StopAsync();

    private static string AccountName(int number) => $"test{number:d3}";

    private string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};TableEndpoint=http://127.0.0.1:{_port}/{account};"
        + (IsWhole ? $"BlobEndpoint=http://127.0.0.1:{_blobPort}/{account};QueueEndpoint=http://127.0.0.1:{_queuePort}/{account};" : "");

    private string[] Arguments() =>
    [
        IsWhole ? Path.Combine(Sources, "azurite.js") : Script,
        "--tableHost", "127.0.0.1", "--tablePort", $"{_port}",
        .. IsWhole ? (string[])["--blobHost", "127.0.0.1", "--blobPort", $"{_blobPort}", "--queueHost", "127.0.0.1", "--queuePort", $"{_queuePort}"] : [],
        "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        .. Location is null ? (string[])["--inMemoryPersistence"] : ["--location", Location],
    ];

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync($"http://127.0.0.1:{_port}/devstoreaccount1/Tables");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string ProjectDirectory()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "TelemetryFunctions.Tests.csproj")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests run outside their project.");
        return directory.FullName;
    }
}

/// <summary>Tests that share one Azurite.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

/// <summary>A test that needs Azurite: skipped where it is not installed, but not on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = Azurite.WhyMissing;
}

/// <summary>A theory that needs Azurite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = Azurite.WhyMissing;
}
