using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Sending;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>A relay goes through the proxy that HTTPS_PROXY names: here to a name that nobody but the proxy knows.</summary>
public sealed class RelayProxyTests : IDisposable
{
    private const string Name = "telemetry.example.org";

    private readonly TemporaryDirectory _serviceDirectory = new();
    private readonly TemporaryDirectory _relayDirectory = new();

    public void Dispose()
    {
        _serviceDirectory.Dispose();
        _relayDirectory.Dispose();
    }

    [Fact]
    public async Task What_is_sent_goes_through_the_proxy_and_is_secret_to_it()
    {
        var (certificate, key) = WriteCertificate();
        var port = AppProcess.FreePort();
        using var service = await AppProcess.StartAsync(
            _serviceDirectory,
            ("Kestrel__Endpoints__Https__Url", $"https://127.0.0.1:{port}"), ("Kestrel__Endpoints__Https__Certificate__Path", certificate), ("Kestrel__Endpoints__Https__Certificate__KeyPath", key));
        await using var proxy = new ConnectProxy(port);
        using var relay = await AppProcess.StartAtAsync(
            new Uri($"http://127.0.0.1:{AppProcess.FreePort()}/"), _relayDirectory, ["relay", "--to", $"https://{Name}/"], ("HTTPS_PROXY", proxy.Address), ("NO_PROXY", ""), ("SSL_CERT_FILE", certificate));
        using (var taken = await relay.Client.SendAsync(RelaySite.Message("/", $"{{\"system_id\":\"{ReportBuilder.Id(1)}\"}}")))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await RelaySite.ReleaseAsync(_relayDirectory));

        // Kestrel has no other address than the one that is set, so it is asked by it.
        using var root = X509CertificateLoader.LoadCertificateFromFile(certificate);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck };
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = trust } }) { DefaultRequestHeaders = { Host = Name } };
        var system = new Uri($"https://127.0.0.1:{port}/systems/{ReportBuilder.Id(1)}");
        for (var tries = 0; tries < 300 && (await client.GetAsync(system)).StatusCode != HttpStatusCode.OK; tries++)
            await Task.Delay(50);
        Assert.True((await client.GetAsync(system)).IsSuccessStatusCode, relay.Output);
        Assert.Equal($"CONNECT {Name}:443 HTTP/1.1", Assert.Single(proxy.Requests.Distinct()));
        Assert.False(proxy.HasSeen(ReportBuilder.Id(1)));
    }

    [Fact]
    public async Task What_the_proxy_answers_is_told_without_its_password_and_no_terminal_obeys_it()
    {
        const string Refusal = "HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        Assert.Equal("The proxy tunnel request to proxy 'http://127.0.0.1:PORT/' failed with status code '407'.\"", await AskAsync(Refusal));
        Assert.DoesNotContain(await AskAsync("\u001b[2J\r\n\r\n"), char.IsControl);
    }

    /// <summary>What is noted where a proxy with a password answers so.</summary>
    private static async Task<string> AskAsync(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://somebody:s3cret@127.0.0.1:{port}/") });
        var sender = new RelaySender(http, new RelayOptions(new Uri($"https://{Name}/"), "", 60, 1), TimeProvider.System);
        var item = new RelayItem(new RelayId(new DateOnly(2026, 11, 18), RelayKind.Report, ReportBuilder.Id(1)), RelayState.Staged, "", "", 0, TestSite.Noon);

        var sending = sender.SendAsync(new RelayContent(item, [], RelaySecrets.None), CancellationToken.None);
        using (var client = await listener.AcceptTcpClientAsync())
        {
            await client.GetStream().ReadAtLeastAsync(new byte[4096], 1);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        }

        return (await sending).Note.Replace(port, "PORT", StringComparison.Ordinal);
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_serviceDirectory, "certificate.pem"), Path.Combine(_serviceDirectory, "key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    /// <summary>A proxy that leads every CONNECT to one port of this machine.</summary>
    private sealed class ConnectProxy : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly List<string> _requests = [];
        private readonly MemoryStream _seen = new();
        private readonly Task _loop;

        public ConnectProxy(int port)
        {
            _listener.Start();
            _loop = AcceptAsync(port);
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public IReadOnlyList<string> Requests
        {
            get
            {
                lock (_seen)
                    return [.. _requests];
            }
        }

        public bool HasSeen(string text)
        {
            lock (_seen)
                return Encoding.Latin1.GetString(_seen.ToArray()).Contains(text, StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
            _listener.Dispose();
            await _seen.DisposeAsync();
        }

        private async Task AcceptAsync(int port)
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), port);
        }

        private async Task ServeAsync(TcpClient client, int port)
        {
            using var there = new TcpClient();
            using (client)
            {
                var stream = client.GetStream();
                var buffer = new byte[4096];
                var head = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, _stop.Token));
                lock (_seen)
                    _requests.Add(head.Split("\r\n")[0]);
                await there.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
                await Task.WhenAny(PumpAsync(stream, there.GetStream()), PumpAsync(there.GetStream(), stream));
            }
        }

        private async Task PumpAsync(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                lock (_seen)
                    _seen.Write(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
    }
}
