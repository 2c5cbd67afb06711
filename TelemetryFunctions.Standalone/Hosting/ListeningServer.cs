using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Kestrel, saying in one line where it listens or why it can't.</summary>
internal sealed partial class ListeningServer(IServer inner, ILogger<ListeningServer> logger) : IServer
{
    public IFeatureCollection Features => inner.Features;

    private ICollection<string> Addresses => Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    public static void Decorate(IServiceCollection services)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton(kestrel);
        services.AddSingleton<IServer>(provider => new ListeningServer(
            (IServer)provider.GetRequiredService(kestrel),
            provider.GetRequiredService<ILogger<ListeningServer>>()));
    }

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        var wanted = string.Join(", ", Addresses);
        try
        {
            await inner.StartAsync(application, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var reason = error.Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new HostAbortedException(
                $"Can't listen on {wanted}: {reason}. Choose another address with --urls http://localhost:PORT.",
                error);
        }

        Log.Listening(logger, string.Join(", ", Addresses));
    }

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Listening on {Addresses}")]
        public static partial void Listening(ILogger logger, string addresses);
    }
}
