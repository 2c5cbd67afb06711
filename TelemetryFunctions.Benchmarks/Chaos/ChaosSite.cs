using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Starts the service as its operators do, on a directory, with a clock and with limits.</summary>
internal static class ChaosSite
{
    private const int LastLines = 5;

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "TelemetryFunctions.Standalone.dll");

    /// <param name="directory">Where its data is; not used where <paramref name="settings"/> name a storage account.</param>
    /// <param name="time">What its clock says when it starts; null for what it is.</param>
    /// <param name="settings">More settings.</param>
    public static ChildSite Start(string directory, DateTimeOffset? time = null, params IEnumerable<KeyValuePair<string, string>> settings) =>
        ChildSite.Start(Assembly, Arguments, Settings(directory, time, settings));

    /// <summary>Starts it where no file may grow beyond a size, as on a disk that is full.</summary>
    public static ChildSite StartOnSmallDisk(string directory, int kibibytes) => ChildSite.Start(
        ["bash", "-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\""), "bash", "dotnet", Assembly],
        Arguments,
        Settings(directory, null, [KeyValuePair.Create("DOTNET_EnableWriteXorExecute", "0")]));

    /// <summary>Starts it where it is expected to give up.</summary>
    /// <param name="directory">Where its data is.</param>
    /// <param name="before">A command that runs it.</param>
    public static (int ExitCode, string Output) Refuse(string directory, params IEnumerable<string> before) =>
        ChildSite.Run([.. before, "dotnet", Assembly, .. Arguments($"http://127.0.0.1:{ChildSite.FreePort()}")], Settings(directory, null, []));

    /// <summary>Sends a body.</summary>
    /// <returns>The status, or 0 where the service is not there any more.</returns>
    public static async Task<int> SendAsync(this ChildSite site, string path, byte[] body, string type, string agent = "chaos/1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
        request.Headers.UserAgent.ParseAdd(agent);
        try
        {
            using var response = await site.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            // The second where it was killed while the connection was being made.
            return 0;
        }
    }

    /// <summary>Posts a report of JSON of a system.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public static Task<int> ReportAsync(this ChildSite site, Guid system) =>
        site.SendAsync("/", JsonSerializer.SerializeToUtf8Bytes(new { system_id = system, components = new[] { new { name = "core", version = "3.21.4" } } }), "application/json");

    /// <summary>What a path answers, parsed.</summary>
    public static async Task<JsonElement> ReadAsync(this ChildSite site, string path)
    {
        using var response = await site.Client.GetAsync(path);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>How many systems were active on each day, of the days that are summarized.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, int>> ActiveSystemsAsync(this ChildSite site)
    {
        var chart = await site.ReadAsync("/charts/active-systems");
        var values = chart.GetProperty("series").EnumerateArray().SelectMany(systems => systems.GetProperty("values").EnumerateArray());
        return chart.GetProperty("times").EnumerateArray().Zip(values).Where(point => point.Second.ValueKind == JsonValueKind.Number).ToDictionary(
            point => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(point.First.GetInt64()).UtcDateTime), point => point.Second.GetInt32());
    }

    /// <summary>Waits until what is seen is what is wanted.</summary>
    /// <exception cref="BrokenPromiseException">It was not within two minutes.</exception>
    public static async Task UntilAsync(this ChildSite site, string wanted, Func<Task<string>> see)
    {
        var seen = "";
        for (var tries = 0; tries < 1_200; tries++)
        {
            seen = await see();
            if (seen == wanted)
                return;
            await Task.Delay(100);
        }

        throw new BrokenPromiseException($"wanted {wanted}, but saw {seen}; the log says {string.Join(" / ", site.Lines.TakeLast(LastLines))}");
    }

    private static string[] Arguments(string url) => ["--urls", url];

    private static Dictionary<string, string> Settings(string directory, DateTimeOffset? time, IEnumerable<KeyValuePair<string, string>> more)
    {
        // In development each number is published as it is, so that it can be compared.
        var settings = new Dictionary<string, string>
        {
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            ["Telemetry__DataDirectory"] = directory,
            ["Standalone__FunctionKey"] = ChildSite.Key,
        };
        foreach (var (name, value) in (time is { } start ? ShiftedTime.Settings(start) : []).Concat(more))
            settings[name] = value;
        return settings;
    }
}
