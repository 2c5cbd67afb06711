using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>
/// Stands in for the Azure Functions host, which can't be had everywhere the tests run: starts the published app as a
/// worker process and speaks the host's side of <see href="https://github.com/Azure/azure-functions-language-worker-protobuf"/>
/// to it. It has no schedule: a timer function runs when a test asks for it.
/// </summary>
public sealed class HostStandIn : IAsyncDisposable
{
    /// <summary>What the real host gives a worker to end by itself.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly WorkerChannel _channel;
    private readonly WebApplication _rpcServer;
    private readonly WorkerProcess _process;
    private HttpFrontEnd? _frontEnd;
    private HttpClient? _client;

    private HostStandIn(HostStandInOptions options, WorkerChannel channel, WebApplication rpcServer)
    {
        _channel = channel;
        _rpcServer = rpcServer;
        _process = new(options, Guid.NewGuid().ToString(), rpcServer.Address());
        _ = FailWhenExitedAsync();
    }

    /// <summary>Calls the app through the host; neither follows redirects nor keeps cookies. To hang up, cancel.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("The app has not started.");

    public int ProcessId => _process.Id;

    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

    /// <summary>The runs that the worker has not answered yet.</summary>
    public IReadOnlyCollection<Invocation> Running => _channel.Running;

    public IReadOnlyCollection<WorkerLog> Logs => _channel.Logs;

    /// <summary>Starts the app and returns once all its functions are loaded.</summary>
    /// <exception cref="WorkerFailedException">The app ended or did not get that far in time; says what it wrote.</exception>
    public static async Task<HostStandIn> StartAsync(HostStandInOptions options)
    {
        var channel = new WorkerChannel();
        var rpcServer = LoopbackServer.Build(HttpProtocols.Http2, services => services
            .AddSingleton(channel)
            .AddGrpc(grpc => grpc.MaxReceiveMessageSize = null));
        rpcServer.MapGrpcService<WorkerChannel>();
        await rpcServer.StartAsync();

        var host = new HostStandIn(options, channel, rpcServer);
        try
        {
            await host.StartWorkerAsync(options).WaitAsync(options.StartTimeout);
            return host;
        }
        catch (TimeoutException exception)
        {
            var output = host._process.Output;
            await host.DisposeAsync();
            throw new WorkerFailedException($"The worker was not ready after {options.StartTimeout}. {output}", exception);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a timer function now. Cancelling the token cancels the run, whose answer is still waited for.</summary>
    public Task<InvocationResult> InvokeTimerAsync(string name, TimerRun? run = null, CancellationToken cancellation = default)
    {
        var function = Functions.Single(function => function.Trigger.IsTimer && function.Name == name);
        var request = new InvocationRequest()
        {
            InvocationId = Guid.NewGuid().ToString(),
            InputData = { new ParameterBinding { Name = function.Trigger.Name, Data = new() { Json = (run ?? new()).ToJson() } } },
        };
        return _channel.Invoke(function, request, cancellation).Result;
    }

    /// <summary>Asks the worker to end, and ends it when it has not after the grace period. Returns the exit code.</summary>
    public Task<int> StopAsync(TimeSpan? gracePeriod = null)
    {
        var grace = gracePeriod ?? GracePeriod;
        _channel.Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(grace) } });
        return _process.WaitOrKillAsync(grace);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _process.DisposeAsync();
        _client?.Dispose();
        if (_frontEnd is not null)
            await _frontEnd.DisposeAsync();

        await _rpcServer.DisposeAsync();
    }

    private async Task StartWorkerAsync(HostStandInOptions options)
    {
        var hostJson = HostJson.Load(options.HostJsonPath);
        var worker = await _channel.InitializeAsync(options.AppDirectory);
        Capabilities = worker.Capabilities.ToDictionary();
        Functions = await _channel.LoadFunctionsAsync(options.AppDirectory);

        if (!Capabilities.TryGetValue("HttpUri", out var httpUri))
            throw new WorkerFailedException("The worker takes no HTTP requests of its own: is ConfigureFunctionsWebApplication called?");

        var workerAddress = new Uri(httpUri);
        await _channel.WaitUntilListeningAsync(workerAddress);
        _frontEnd = await HttpFrontEnd.StartAsync(hostJson, _channel, workerAddress, options.FunctionKey, Functions);
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = _frontEnd.Address,
        };
    }

    private async Task FailWhenExitedAsync()
    {
        var exitCode = await _process.Exited;
        _channel.Fail(new WorkerFailedException($"The worker ended with {exitCode}. {_process.Output}"));
    }
}
