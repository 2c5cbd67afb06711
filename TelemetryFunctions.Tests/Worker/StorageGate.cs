using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Tests.Support;
using Yarp.ReverseProxy.Forwarder;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>Stands between the app and Azurite, and can let nothing through.</summary>
internal sealed class StorageGate : IAsyncDisposable
{
    private readonly HttpMessageInvoker _storage = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication _server;
    private volatile Closed? _closed;
    private volatile bool _isRefusing;

    private StorageGate(Uri storage)
    {
        _server = LoopbackServer.Build(HttpProtocols.Http1, services => services.AddHttpForwarder());
        var forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
        _server.Run(async context =>
        {
            if (_isRefusing)
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            if (_closed is { } closed)
            {
                closed.Reached.TrySetResult();
                await closed.Opened.Task.WaitAsync(context.RequestAborted);
            }

            await forwarder.SendAsync(context, storage.AbsoluteUri, _storage);
        });
    }

    /// <summary>Leads the app through the gate.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<StorageGate> StartAsync(Azurite azurite)
    {
        var gate = new StorageGate(azurite.Address);
        await gate._server.StartAsync();
        gate.ConnectionString = azurite.NewAccount().Replace(azurite.Address.Authority, gate._server.Address().Authority, StringComparison.Ordinal);
        return gate;
    }

    /// <summary>From now on it refuses all, as a storage account does whose key was changed.</summary>
    public void Refuse() => _isRefusing = true;

    /// <summary>Closes it; completes when somebody stands before it.</summary>
    public Task CloseAsync() => (_closed = new Closed()).Reached.Task;

    public void Open() => Interlocked.Exchange(ref _closed, null)?.Opened.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _server.DisposeAsync();
        _storage.Dispose();
    }

    private sealed class Closed
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
