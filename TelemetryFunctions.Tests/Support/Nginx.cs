using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TelemetryFunctions.Tests.Support;

/// <summary>An nginx with one server, on a free port.</summary>
internal sealed class Nginx : IDisposable
{
    private const string Executable = "/usr/sbin/nginx";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;

    private Nginx(string server)
    {
        var port = AppProcess.FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        var file = Path.Combine(_directory, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            master_process off;
            pid {{_directory.Path}}/nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{_directory.Path}}/body;
                proxy_temp_path {{_directory.Path}}/proxy;
                fastcgi_temp_path {{_directory.Path}}/fastcgi;
                uwsgi_temp_path {{_directory.Path}}/uwsgi;
                scgi_temp_path {{_directory.Path}}/scgi;
                server {
                    listen 127.0.0.1:{{port}};
                    {{server}}
                }
            }
            """);
        _process = Process.Start(new ProcessStartInfo(Executable, ["-p", _directory.Path, "-c", file]))!;
    }

    /// <summary>Why there is none here; null where there is, and in CI, where one must be.</summary>
    public static string? SkipReason =>
        !File.Exists(Executable) && Environment.GetEnvironmentVariable("CI") != "true" ? "nginx is not installed; Debian's package is nginx-light." : null;

    public Uri Address { get; }

    /// <summary>Starts it, and returns when it listens.</summary>
    /// <param name="server">What is in the server's block.</param>
    public static async Task<Nginx> StartAsync(string server)
    {
        var nginx = new Nginx(server);
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, nginx.Address.Port, limit.Token);
                return nginx;
            }
            catch (SocketException) when (!nginx._process.HasExited)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
