using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Events;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;
using Xunit.Abstractions;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>Whatever is killed and whoever is away: what a relay has acknowledged counts exactly once, on its day.</summary>
public sealed class RelayKillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string RelayKey = "a-key-for-relays-of-this-test";
    private const string FunctionKey = "open-sesame";
    private const int Rounds = 3;
    private const int Senders = 3;

    // Requests of a round before something is killed in it.
    private const int Fewest = 10;
    private const int Most = 80;

    private static readonly TimeSpan LongestAway = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryDirectory _serviceDirectory = new();
    private readonly TemporaryDirectory _relayDirectory = new();
    private readonly Uri _serviceAddress = new($"http://127.0.0.1:{AppProcess.FreePort()}/");
    private readonly SystemState[] _systems = [.. Enumerable.Range(0, 20).Select(_ => SystemState.Create(TestSite.Noon))];
    private readonly ConcurrentDictionary<Guid, (int Acknowledged, int Sent)> _reports = new();
    private readonly ConcurrentDictionary<string, bool> _installs = new();
    private readonly ConcurrentDictionary<Guid, bool> _events = new();
    private AppProcess? _service;
    private AppProcess? _relay;
    private int _sent;
    private int _answered;

    public async Task InitializeAsync() => await Task.WhenAll(StartServiceAsync(), StartRelayAsync());

    public Task DisposeAsync()
    {
        _relay?.Dispose();
        _service?.Dispose();
        _relayDirectory.Dispose();
        _serviceDirectory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Everything_acknowledged_counts_exactly_once_on_its_day()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var (random, first) = (new Random(seed), Today());
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(new Random(seed + (round * Senders) + sender), stop.Token))).ToList();
            for (var until = _answered + random.Next(Fewest, Most); Volatile.Read(ref _answered) < until && senders.Exists(sender => !sender.IsCompleted);)
                await Task.Delay(1);

            // One of them, or both; the first round has each once.
            var (killsRelay, killsService) = round == 0 ? (true, true) : (random.Next(2) == 0, random.Next(2) == 0);
            if (killsService)
                _service!.Kill();
            if (killsRelay)
                _relay!.Kill();
            await Task.Delay(random.NextDouble() * LongestAway);
            await stop.CancelAsync();
            await Task.WhenAll(senders);

            // In either order: a relay that starts before the service is back finds it away.
            await Task.WhenAll(killsService ? StartServiceAsync() : Task.CompletedTask, killsRelay ? StartRelayAsync() : Task.CompletedTask);
        }

        await SendAllAsync();
        _relay!.Kill();
        _service!.Kill();
        await AssertCountedAsync(first);
    }

    private async Task StartServiceAsync()
    {
        _service?.Dispose();
        _service = await AppProcess.StartAtAsync(
            _serviceAddress, _serviceDirectory, [], ("Telemetry__RelayKey", RelayKey), ("Standalone__FunctionKey", FunctionKey), ("Telemetry__InstallDedupeSeconds", "86400"));
    }

    private async Task StartRelayAsync()
    {
        _relay?.Dispose();
        _relay = await AppProcess.StartAtAsync(
            new Uri($"http://127.0.0.1:{AppProcess.FreePort()}/"), _relayDirectory, ["relay", "--to", _serviceAddress.ToString()], ("Telemetry__RelayKey", RelayKey),

            // To the machine itself there is no way through a proxy, which would see the keys.
            ("http_proxy", "http://127.0.0.1:1"));
    }

    /// <summary>Reports, installs and events by turns, and now and then a push to send; what is killed meanwhile acknowledges nothing.</summary>
    private async Task SendAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SendOneAsync(random, Interlocked.Increment(ref _sent));
                Interlocked.Increment(ref _answered);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private async Task SendOneAsync(Random random, int number)
    {
        switch (random.Next(4))
        {
            case 0:
                var system = _systems[random.Next(_systems.Length)];
                _reports.AddOrUpdate(system.SystemId, (0, number), (_, known) => known with { Sent = Math.Max(known.Sent, number) });
                if (await IsTakenAsync("/", $"{{\"system_id\":\"{system.SystemId}\",\"postgresql_version\":{number}}}", ("X-System-Key", system.Key)))
                    _reports.AddOrUpdate(system.SystemId, (number, number), (_, known) => known with { Acknowledged = Math.Max(known.Acknowledged, number) });
                break;
            case 1:
                var package = string.Create(CultureInfo.InvariantCulture, $"vendor/package{number}");
                _installs[package] = await IsTakenAsync("/downloads", $"{{\"downloads\":[{{\"name\":\"{package}\",\"version\":\"1.0.0.0\"}}]}}");
                break;
            case 2:
                var id = Guid.NewGuid();
                _events[id] = await IsTakenAsync("/events", $"[{{\"id\":\"{id}\",\"timestamp\":\"{DateTimeOffset.UtcNow:o}\",\"service\":\"api\",\"tokenRefreshed\":{{}}}}]", ("x-functions-key", FunctionKey));
                break;
            default:
                Assert.Contains(await RelaySite.ReleaseAsync(_relayDirectory), new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
                break;
        }
    }

    private async Task<bool> IsTakenAsync(string path, string body, params (string, string)[] headers)
    {
        using var response = await _relay!.Client.SendAsync(RelaySite.Message(path, body, headers: headers));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return true;
    }

    /// <summary>Has all that is left sent.</summary>
    private async Task SendAllAsync()
    {
        await using var reader = RelayReader.Open(_relayDirectory);
        for (var tries = 0; tries < 300; tries++)
        {
            await RelaySite.ReleaseAsync(_relayDirectory);
            await Task.Delay(100);
            if (await reader.Items.ReadAsync(CancellationToken.None).AllAsync(item => item.State == RelayState.Sent))
                return;
        }

        Assert.Fail($"Not all is sent: {string.Join(", ", await reader.Items.ReadAsync(CancellationToken.None).Where(item => item.State != RelayState.Sent).Select(item => $"{item.Id} {item.State} {item.Note}").ToListAsync())}\n{_relay!.Output}");
    }

    private async Task AssertCountedAsync(string first)
    {
        await using var store = new SqliteTableStore(_serviceDirectory, [ReportStore.Table, InstallStore.Table, EventStore.Table], TimeProvider.System);
        var reports = await store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync();
        foreach (var (system, (acknowledged, sent)) in _reports.Where(report => report.Value.Acknowledged > 0))
        {
            // The last that was acknowledged, or one that was sent later and whose answer was lost. Of two days where midnight has passed.
            var rows = reports.Where(row => row.Key == system.ToString("n")).ToList();
            Assert.All(rows, row => Assert.InRange(string.CompareOrdinal(row.Partition[..8], first), 0, string.CompareOrdinal(Today(), first)));
            Assert.True(rows.Count == 1 || Today() != first, $"{rows.Count} reports of {system}");
            var payload = global::System.Text.Encoding.UTF8.GetString((byte[])rows[^1].Cells.Single(cell => cell.Column.Name == "Payload").Reference!);
            Assert.InRange(int.Parse(payload.Split(':')[^1].TrimEnd('}'), CultureInfo.InvariantCulture), acknowledged, sent);
        }

        var installs = await store.ScanAsync(InstallStore.Table, KeyRange.All).Select(row => (string)row.Cells.Single(cell => cell.Column.Name == "Package").Reference!).ToListAsync();
        Assert.Distinct(installs);
        Assert.Empty(_installs.Where(install => install.Value).Select(install => install.Key).Except(installs));
        var events = await new EventStore(store, TimeProvider.System).ReadAllAsync(CancellationToken.None).SelectMany(row => row.Read().Select(one => one.Id)).ToListAsync();
        Assert.Distinct(events);
        Assert.Empty(_events.Where(one => one.Value).Select(one => EventId.Of(one.Key)).Except(events));
        output.WriteLine($"{_answered} of {_sent} requests answered: {reports.Count} reports, {installs.Count} installs and {events.Count} events counted");
        Assert.True(installs.Count > 0 && events.Count > 0 && reports.Count > 0);
    }

    private static string Today() => DateTimeOffset.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
