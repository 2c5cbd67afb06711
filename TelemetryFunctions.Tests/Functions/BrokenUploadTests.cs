using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Functions;

/// <summary>Clients that hang up in the middle of a body.</summary>
public sealed class BrokenUploadTests
{
    private const int Uploads = 12;

    [Theory]
    [InlineData("/", "Content-Length: 1000\r\n", "{\"half\":")]
    [InlineData("/", "Transfer-Encoding: chunked\r\n", "5\r\n{\"hal\r\n10\r\nabc")]
    [InlineData("/downloads", "Content-Length: 1000\r\n", "{\"half\":")]
    [InlineData("/downloads", "Content-Length: 1000\r\n", "")]
    [InlineData("/downloads", "Transfer-Encoding: chunked\r\n", "5\r\n{\"hal\r\n10\r\nabc")]
    [InlineData("//", "Content-Length: 1000\r\n", "{\"half\":")]
    [InlineData("/charts", "Content-Length: 1000\r\n", "{\"half\":")]
    [InlineData("/systems", "Content-Length: 1000\r\n", "id=", "application/x-www-form-urlencoded")]
    [InlineData("/systems", "Transfer-Encoding: chunked\r\n", "5\r\nid=\r\n10\r\nabc", "application/x-www-form-urlencoded")]
    [InlineData("/events", "Content-Length: 1000\r\n", "[{\"half\":")]
    [InlineData("/events", "Transfer-Encoding: chunked\r\n", "5\r\n[{\"hal\r\n10\r\nabc")]
    public async Task Nothing_is_wrong_when_an_upload_breaks_off(string path, string header, string half, string type = "application/json")
    {
        using var directory = new TemporaryDirectory();
        var log = new FakeLogCollector();
        await using (var site = await TestSite.StartAsync(directory, settings: ["--Standalone:FunctionKey=key"], configure: builder =>
        {
            builder.Logging.AddProvider(new FakeLoggerProvider(log));
            builder.Logging.AddFilter<FakeLoggerProvider>(null, LogLevel.Information);
        }))
        {
            for (var i = 0; i < Uploads; i++)
                await UploadHalfAsync(site, $"POST {path} HTTP/1.1\r\nHost: x\r\nx-functions-key: key\r\nContent-Type: {type}\r\n{header}\r\n{half}", reset: i % 2 == 0);

            // What is behind a broken upload in the same connection's place is answered as ever.
            Assert.Equal(HttpStatusCode.OK, (await site.Client.GetAsync("/health")).StatusCode);
        }

        Assert.Empty(log.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => $"{entry.Category}: {entry.Message} {entry.Exception}"));
    }

    private static async Task UploadHalfAsync(TestSite site, string request, bool reset)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));

        // Long enough that the body is being waited for, mostly: the test holds whenever the connection ends.
        await Task.Delay(30);
        if (reset)
            client.LingerState = new LingerOption(true, 0);
    }
}
