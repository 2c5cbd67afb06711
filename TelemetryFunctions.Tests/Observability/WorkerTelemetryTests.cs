using System.Net;
using System.Text;
using TelemetryFunctions.Tests.Support;
using TelemetryFunctions.Tests.Worker;

namespace TelemetryFunctions.Tests.Observability;

/// <summary>What the published app tells a collector when the Functions host runs it, to the last byte.</summary>
[Collection(PublishedAppCollection.Name)]
public sealed class WorkerTelemetryTests(PublishedApp app, Azurite azurite) : IClassFixture<Azurite>
{
    private const string ClientAddress = "203.0.113.77";
    private const string SystemKey = "correct-horse-battery-staple-0123456789";
    private const string UserAgent = "Curious/1.0 (agent of one client)";

    private static readonly Guid SystemId = new("7771a0ce-c127-8f8c-a878-a66c694f3344");

    /// <summary>What must be in nothing that is told, also not in part or in another form.</summary>
    private static readonly byte[][] Private =
    [
        Encoding.ASCII.GetBytes(SystemId.ToString("d")),
        Encoding.ASCII.GetBytes(SystemId.ToString("n")),
        SystemId.ToByteArray(bigEndian: true),
        SystemId.ToByteArray(bigEndian: false),
        Encoding.ASCII.GetBytes(SystemKey),
        Encoding.ASCII.GetBytes(ClientAddress),
        Encoding.ASCII.GetBytes(UserAgent.Split('/')[0]),
    ];

    [AzuriteFact]
    public async Task It_tells_of_itself_and_nothing_of_those_who_use_it()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var gate = await StorageGate.StartAsync(azurite);
        await using (var host = await app.StartAsync(
            gate.ConnectionString,
            [.. receiver.Settings, new("Logging__LogLevel__Default", "Trace"), new("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]))
        {
            await UseAsync(host.Client, HttpStatusCode.OK);
            Assert.Equal(InvocationStatus.Succeeded, (await host.InvokeTimerAsync("HourlySummary")).Status);
            gate.Refuse();
            await UseAsync(host.Client, HttpStatusCode.ServiceUnavailable);
            Assert.Equal(0, await host.StopAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.All(["function PostReport", "function Charts", "function ForgetSystem", "function HourlySummary"], span => Assert.Contains(span, receiver.TextOf("traces"), StringComparison.Ordinal));
        Assert.All(["telemetry.reports", "telemetry.notifications", "telemetry.downloads"], meter => Assert.Contains(meter, receiver.TextOf("metrics"), StringComparison.Ordinal));
        Assert.Contains("The table service is away", receiver.TextOf("logs"), StringComparison.Ordinal);
        Assert.All(receiver.Bodies, body => Assert.All(Private, secret => Assert.False(Holds(body, secret), $"{Encoding.Latin1.GetString(secret)} is in {Encoding.Latin1.GetString(body)}")));
    }

    private static bool Holds(byte[] body, byte[] secret)
    {
        // Hex digits and names may be told in either case.
        static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        return Array.ConvertAll(body, Lower).AsSpan().IndexOf(Array.ConvertAll(secret, Lower)) >= 0;
    }

    private static async Task UseAsync(HttpClient client, HttpStatusCode answer)
    {
        Assert.Equal(answer, await SendAsync(client, "POST", "/", $$"""{"systemId":"{{SystemId}}"}"""));
        await SendAsync(client, "POST", "/", $$"""{"systemId":"{{SystemId}}","unknown" """);
        await SendAsync(client, "POST", "/downloads", $$"""{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}""");
        await SendAsync(client, "GET", $"/charts?id={SystemId}");
        await SendAsync(client, "GET", $"/charts/{SystemId}");
        await SendAsync(client, "GET", $"/systems/{SystemId}");
        await SendAsync(client, "DELETE", $"/systems/{SystemId}");
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Headers = { { "User-Agent", UserAgent }, { "X-Forwarded-For", ClientAddress }, { "X-System-Key", SystemKey } },
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
