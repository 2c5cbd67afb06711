using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class StartAndStopTests
{
    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_host_stops()
    {
        var gate = new SlowFunctions.Gate();
        var builder = TestHost.CreateBuilder();
        builder.Services.AddSingleton(gate);
        await using var host = await TestHost.StartAsync(builder, typeof(SlowFunctions));
        var request = host.SendAsync("GET", "/slow");
        await gate.Entered.Task;

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        var stop = host.StopAsync();
        await stopping.Task;
        Assert.False(stop.IsCompleted);
        gate.Opened.SetResult();

        using var response = await request;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("done /slow", await response.Content.ReadAsStringAsync());
        await stop;
    }

    [Fact]
    public async Task A_taken_port_is_one_line_and_nothing_in_the_log()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var message = await FailAsync(address);

        Assert.Contains(address, message, StringComparison.Ordinal);
        Assert.Contains("address already in use", message, StringComparison.Ordinal);
        Assert.Contains("--urls http://localhost:PORT", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_Kestrel_refuses_is_one_line_and_nothing_in_the_log() =>
        Assert.Contains("http://localhost:0", await FailAsync("http://localhost:0"), StringComparison.Ordinal);

    [Fact]
    public void An_address_that_would_be_taken_for_every_interface_stops_the_start()
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration["urls"] = "http://localhost:80x";

        Assert.Contains("http://localhost:80x", Assert.Throws<StartupException>(() => builder.BuildHost([typeof(RootFunctions)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_the_command_line_over_the_environment()
    {
        var name = "HostTest" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name + "__A", "environment");
        Environment.SetEnvironmentVariable(name + "__B", "environment");
        try
        {
            var builder = StandaloneHost.CreateBuilder($"--{name}:B=command line");

            Assert.Equal("environment", builder.Configuration[name + ":A"]);
            Assert.Equal("command line", builder.Configuration[name + ":B"]);
            Assert.Equal(Environments.Production, builder.Environment.EnvironmentName);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name + "__A", null);
            Environment.SetEnvironmentVariable(name + "__B", null);
        }
    }

    private static async Task<string> FailAsync(string address)
    {
        var log = new FakeLogCollector();
        var builder = TestHost.CreateBuilder();
        builder.Configuration["urls"] = address;
        builder.Logging.AddProvider(new FakeLoggerProvider(log));
        await using var host = builder.BuildHost([typeof(RootFunctions)]);

        var error = await Assert.ThrowsAsync<HostAbortedException>(() => host.StartAsync());

        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(0, log.Count);
        return error.Message;
    }
}
