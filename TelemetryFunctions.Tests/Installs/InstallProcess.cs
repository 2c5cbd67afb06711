using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>The app as a process of its own, to be killed.</summary>
internal sealed class InstallProcess : IDisposable
{
    private static readonly TimeSpan RollUpTimeout = TimeSpan.FromSeconds(60);

    private readonly AppProcess _app;

    private InstallProcess(AppProcess app) => _app = app;

    /// <param name="dataDirectory">The store's directory, which outlives the process.</param>
    /// <param name="time">What its clock says when it starts.</param>
    public static async Task<InstallProcess> StartAsync(string dataDirectory, DateTimeOffset time) => new(await AppProcess.StartAsync(
        dataDirectory, [.. Faketime.From(time).Select(variable => (variable.Key, variable.Value))]));

    /// <summary>A client, told by its user agent, notifies. False where the process was killed before it answered.</summary>
    public async Task<bool> TryNotifyAsync(int client, params Download[] downloads)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/downloads")
        {
            Content = JsonContent.Create(new { downloads = downloads.Select(download => new { name = download.Package, version = download.Version }) }),
        };
        request.Headers.UserAgent.ParseAdd($"Composer/{client}");
        try
        {
            using var response = await _app.Client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The whole list, once it is rolled up through a time.</summary>
    public async Task<Dictionary<string, long>> ReadTotalsAsync(DateTimeOffset through)
    {
        Dictionary<string, long> totals = [];
        await UntilAsync(async () =>
        {
            using var json = JsonDocument.Parse(await _app.Client.GetStringAsync(new Uri("/packages?format=json", UriKind.Relative)));
            totals = json.RootElement.GetProperty("packages").EnumerateArray()
                .ToDictionary(package => package.GetProperty("name").GetString()!, package => package.GetProperty("total").GetInt64());
            return json.RootElement.TryGetProperty("through", out var end) && end.GetDateTimeOffset() >= through;
        });
        return totals;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _app.Kill();

    public void Dispose() => _app.Dispose();

    private static async Task UntilAsync(Func<Task<bool>> isDone)
    {
        for (var watch = Stopwatch.StartNew(); !await isDone(); await Task.Delay(20))
        {
            if (watch.Elapsed > RollUpTimeout)
                throw new TimeoutException("The app does not get there.");
        }
    }
}
