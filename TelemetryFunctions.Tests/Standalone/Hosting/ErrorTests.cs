using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

public sealed class ErrorTests : IAsyncLifetime
{
    private readonly FakeLogCollector _log = new();
    private readonly SlowFunctions.Gate _gate = new();
    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        var builder = TestHost.CreateBuilder();
        builder.Logging.AddProvider(new FakeLoggerProvider(_log));
        builder.Services.AddSingleton(_gate);
        _host = await TestHost.StartAsync(builder, typeof(FailingFunctions), typeof(SlowFunctions));
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_unhandled_exception_is_logged_and_an_empty_500()
    {
        using var response = await _host.SendAsync("GET", "/fail");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.False(response.Headers.Contains("X-Half"));
        Assert.Equal("broken", Assert.Single(Problems()).Exception!.Message);
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_error()
    {
        using var leave = new CancellationTokenSource();
        var request = _host.Client.GetAsync("/slow", leave.Token);
        await _gate.Entered.Task;

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _gate.Left.Task;
        await _host.StopAsync();

        Assert.Empty(Problems());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_breaks_off_its_upload_is_no_error(bool reset)
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, _host.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"));
            await _gate.Entered.Task;
            if (reset)
                client.LingerState = new LingerOption(true, 0);
        }

        await _gate.Left.Task;
        await _host.StopAsync();

        Assert.Empty(Problems());
    }

    [Fact]
    public async Task A_body_that_breaks_http_is_the_senders_error()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _host.Client.BaseAddress!.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" +
            "not a chunk\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(Problems());
    }

    private List<FakeLogRecord> Problems() =>
        [.. _log.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning)];
}
