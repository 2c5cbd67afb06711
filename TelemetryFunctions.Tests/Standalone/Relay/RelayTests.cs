using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Events;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Relay.Sending;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>What a relay takes in, and what becomes of it.</summary>
public sealed class RelayTests : IAsyncLifetime
{
    private RelaySite _site = null!;

    public async Task InitializeAsync() => _site = await RelaySite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Reports_installs_and_events_arrive_as_they_were_sent()
    {
        Assert.Equal("""200 {"status":"accepted"}""", await _site.ReportAsync(1, ""","components":[{"name":"core","version":"3.21.4"}]"""));
        Assert.Equal("""200 {"status":"ok"}""", await _site.InstallAsync());
        Assert.Equal("""200 {"accepted":1,"duplicate":0,"rejected":0,"errors":[]}""", await _site.EventAsync(1));
        Assert.Equal("Staged, Staged, Staged", await _site.StatesAsync());
        Assert.Empty(await StoredAsync(ReportStore.Table));

        Assert.Equal((3, 0), await _site.RunAsync() is var result ? (result.Sent, result.Refused) : default);

        Assert.Equal("Sent: 1 accepted, 0 duplicate, 0 rejected, Sent, Sent: counts on 2026-11-18", await _site.StatesAsync());
        var report = Assert.Single(await StoredAsync(ReportStore.Table));
        Assert.StartsWith("20261118-", report.Partition, StringComparison.Ordinal);
        Assert.Contains("3.21.4", Encoding.UTF8.GetString((byte[])report.Cells.Single(cell => cell.Column.Name == "Payload").Reference!), StringComparison.Ordinal);
        Assert.Contains(Assert.Single(await StoredAsync(InstallStore.Table)).Cells, cell => cell.Reference is "8.4");
        Assert.Single(await StoredAsync(EventStore.Table));
    }

    /// <summary>A request, and what the service answers to it: so does the relay.</summary>
    [Theory]
    [InlineData("/", "application/json", "nonsense")]
    [InlineData("/", "application/json", "[]")]
    [InlineData("/", "application/json", "")]
    [InlineData("/", "application/json", """{"system_id":"nonsense"}""")]
    [InlineData("/", "application/json", """{"system_id":"550e8400-e29b-41d4-a716-446655440000"}""")]
    [InlineData("/", "application/json", """{"system_id":"7771a0ce-c127-8f8c-a878-a66c694f3344"}""")]
    [InlineData("/", "application/x-protobuf", "nonsense")]
    [InlineData("/", "text/plain", "{}")]
    [InlineData("/downloads", "application/json", "nonsense")]
    [InlineData("/downloads", "application/json", """{"downloads":[{"name":"nonsense"}]}""")]
    [InlineData("/events", "application/json", "nonsense")]
    [InlineData("/events", "application/json", """[{"id":"1"},{}]""")]
    [InlineData("/events", "text/plain", "[]")]
    public async Task What_is_wrong_is_answered_as_the_service_does_and_nothing_is_staged(string path, string type, string body)
    {
        async Task<string> AnswerAsync(HttpClient client, params (string, string)[] more)
        {
            using var response = await client.SendAsync(RelaySite.Message(path, body, type, [("x-functions-key", RelaySite.FunctionKey), .. more]));
            var text = await response.Content.ReadAsStringAsync();
            return $"{response.StatusCode} {response.Content.Headers.ContentType} {(text.Contains("traceId", StringComparison.Ordinal) ? text[..text.IndexOf("\"traceId\"", StringComparison.Ordinal)] : text)}";
        }

        var there = await AnswerAsync(_site.Service.Client);
        var here = await AnswerAsync(_site.Client);

        // Without the catalogue the relay does not know how the product's JSON is written, and says less of what is wrong with it.
        if (type == "application/json" && path == "/")
            Assert.Equal(there.Split(' ')[0], here.Split(' ')[0]);
        else
            Assert.Equal(there, here);
        Assert.Empty(await _site.ItemsAsync());
    }

    [Fact]
    public async Task What_only_the_products_catalogue_tells_is_left_to_the_service()
    {
        const string Own = """{"uuid":"7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264","components":"none"}""";
        Assert.Equal("""200 {"status":"accepted"}""", await _site.PostAsync("/", Own));

        await _site.RunAsync();

        Assert.StartsWith("Refused: 400 ", await _site.StatesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_that_catalogue_it_is_checked_here()
    {
        var metrics = Path.Combine(_site.Directory, "metrics.yaml");
        await File.WriteAllTextAsync(metrics, "report: {id: uuid}\nmetrics:\n" + CatalogueText.Entry("plugins", "count-by", "properties.plugin"));
        await using var site = await RelaySite.StartAsync(serviceSettings: [$"--Telemetry:MetricsFile={metrics}"], settings: $"--Telemetry:MetricsFile={metrics}");

        Assert.Contains("The report has no uuid", await site.PostAsync("/", """{"plugin":"a"}"""), StringComparison.Ordinal);
        await site.PostAsync("/", """{"uuid":"7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264","plugin":"a"}""");
        Assert.Equal("7d9c2f1e4b634a589e07c1b85d3fa264", Assert.Single(await site.ItemsAsync()).System);
        await site.RunAsync();
        Assert.Equal("Sent: counts on 2026-11-18", await site.StatesAsync());
    }

    [Fact]
    public async Task Of_a_system_and_day_the_last_report_is_sent_alone()
    {
        foreach (var version in new[] { "1.0", "2.0", "3.0" })
            await _site.ReportAsync(1, $$""","components":[{"name":"core","version":"{{version}}"}]""");

        Assert.Equal(1, (await _site.RunAsync()).Sent);
        Assert.Contains("3.0", Encoding.UTF8.GetString((byte[])Assert.Single(await StoredAsync(ReportStore.Table)).Cells.Single(cell => cell.Column.Name == "Payload").Reference!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_systems_key_goes_along_and_is_wiped_out_once_it_was_sent()
    {
        var system = SystemState.Create(TestSite.Noon);
        var report = $$"""{"system_id":"{{system.SystemId}}"}""";
        Assert.StartsWith("403 ", await _site.PostAsync("/", report, ("X-System-Key", "wrong")), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await _site.PostAsync("/", report, ("X-System-Key", system.Key)), StringComparison.Ordinal);
        Assert.True(_site.Directory.Holds(system.Key));

        await _site.RunAsync();

        Assert.Equal("Sent: counts on 2026-11-18", await _site.StatesAsync());
        await _site.Part<ITableStore>().PurgeAsync();
        Assert.False(_site.Directory.Holds(system.Key));
    }

    [Fact]
    public async Task A_key_or_a_user_agent_that_is_not_ASCII_keeps_nothing_from_being_sent()
    {
        await _site.ReportAsync(1, headers: ("X-System-Key", "Schlüssel"));
        await _site.PostAsync("/", """{"id":"7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264"}""", ("X-System-Key", "Schlüssel"));
        await _site.InstallAsync(userAgent: "Composer/2.8.1 (Größe)");
        await _site.EventAsync(1, "Schlüssel");

        Assert.Equal((2, 2, null), await _site.RunAsync() is var result ? (result.Sent, result.Refused, result.Error) : default);
    }

    [Fact]
    public async Task What_is_refused_is_kept_apart_with_the_reason_and_holds_up_nothing()
    {
        await _site.EventAsync(1, "wrong");
        await _site.EventAsync(2);
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"1.0"}]""");

        Assert.Equal((2, 1), await _site.RunAsync() is var first ? (first.Sent, first.Refused) : default);
        Assert.Contains("Refused: 401 Unauthorized", await _site.StatesAsync(), StringComparison.Ordinal);
        Assert.Equal((0, 0), await _site.RunAsync() is var second ? (second.Sent, second.Refused) : default);

        // The right key is another try.
        await _site.EventAsync(1);
        Assert.Equal(1, (await _site.RunAsync()).Sent);
    }

    [Fact]
    public async Task The_clients_of_a_relay_are_told_apart_and_what_one_repeats_within_the_hour_counts_once()
    {
        await _site.InstallAsync();
        await _site.InstallAsync();
        await _site.InstallAsync(userAgent: "Composer/2.8.1 (Windows NT; 10.0; PHP 8.3.14; cURL 8.5.0)");
        await _site.RunAsync();
        await _site.InstallAsync();
        await _site.RunAsync();
        Assert.Equal(2, (await StoredAsync(InstallStore.Table)).Count);

        // Of a relay behind this one.
        foreach (var client in new[] { "one", "two", "one" })
            await _site.InstallAsync("vendor/far", headers: [("X-Relay-Client", client), ("X-Relay-Key", RelaySite.RelayKey)]);
        await _site.RunAsync();
        Assert.Equal(4, (await StoredAsync(InstallStore.Table)).Count);

        // Of two hours that are sent in one.
        await _site.InstallAsync("vendor/other");
        _site.Clock.Advance(TimeSpan.FromHours(1));
        await _site.InstallAsync("vendor/other");
        await _site.RunAsync();
        Assert.Equal(6, (await StoredAsync(InstallStore.Table)).Count);
    }

    [Fact]
    public async Task A_report_that_comes_too_late_for_its_day_does_not_take_the_place_of_a_newer_one()
    {
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"1.0"}]""");
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"2.0"}]""");
        await _site.Part<RelaySwitch>().PauseAsync(_site.Clock.GetUtcNow(), CancellationToken.None);
        await _site.Part<RelayDesk>().DoAsync(new DeskForm(DeskForm.Release, DeskForm.Select([$"20261119-r-{ReportBuilder.Id(1)}"], null, null)), CancellationToken.None);
        await _site.RunAsync();
        await _site.Part<RelaySwitch>().ResumeAsync(CancellationToken.None);

        await _site.RunAsync();

        Assert.Equal("Superseded: Its day is closed, and a newer report of the system counts., Sent: counts on 2026-11-19", await _site.StatesAsync());
        Assert.StartsWith("20261119-", Assert.Single(await StoredAsync(ReportStore.Table)).Partition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_counts_where_the_newer_one_is_refused()
    {
        await _site.ReportAsync(1);
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.ReportAsync(1, ""","components":"none" """);

        await _site.RunAsync();

        Assert.StartsWith("Sent: counts on 2026-11-19, Refused: 400 ", await _site.StatesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_whose_day_another_one_says_only_who_has_the_key_of_relays_is_believed()
    {
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.ReportAsync(1, "", ("X-Report-Day", "2026-11-18"));
        await _site.ReportAsync(2, "", ("X-Report-Day", "2026-11-18"), ("X-Relay-Key", "not-the-key-of-relays"));
        await _site.ReportAsync(3, "", ("X-Report-Day", "2026-11-18"), ("X-Relay-Key", RelaySite.RelayKey));

        Assert.Equal(
            [(18, ReportBuilder.Id(3)), (19, ReportBuilder.Id(1)), (19, ReportBuilder.Id(2))],
            (await _site.ItemsAsync()).Select(item => (item.Id.Day.Day, item.System)).OrderBy(item => item.Day).ThenBy(item => item.System == ReportBuilder.Id(2)));
    }

    [Fact]
    public async Task What_is_secret_is_kept_once_and_where_there_is_something_of_it()
    {
        for (var i = 0; i < 3; i++)
        {
            await _site.ReportAsync(1);
            await _site.EventAsync(1);
        }

        // The items, what is in them, and the key for events.
        Assert.Equal(5, await _site.Part<ITableStore>().ScanAsync(RelayStore.Table, KeyRange.All, []).CountAsync());
    }

    [Fact]
    public async Task It_takes_in_as_much_as_it_may_and_more_when_there_is_room_again()
    {
        await using var site = await RelaySite.StartAsync(settings: "--Telemetry:RelayMegabytes=1");
        var large = $$""","note":"{{new string('x', 60_000)}}" """;
        for (var system = 1; system <= 17; system++)
            Assert.StartsWith("200 ", await site.ReportAsync(system, large), StringComparison.Ordinal);

        using var refused = await site.Client.SendAsync(RelaySite.Message("/", $$"""{"system_id":"{{ReportBuilder.Id(18)}}"}"""));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromMinutes(10)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Contains("Telemetry__RelayMegabytes", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await site.InstallAsync(), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await site.EventAsync(1), StringComparison.Ordinal);
        using (var health = await site.Client.GetAsync("/health"))
            Assert.StartsWith("{\"status\":\"full\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // What was sent makes way to what may come, and no more of it than must.
        Assert.Equal(17, (await site.RunAsync()).Sent);
        Assert.Equal(8, (await site.ItemsAsync()).Count);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("200 ", await site.ReportAsync(18, large), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_along_takes_room_too_also_of_what_was_replaced()
    {
        var header = new string('x', 30_000);
        async Task<int> CountTakenAsync(Func<RelaySite, int, Task<string>> send)
        {
            await using var site = await RelaySite.StartAsync(settings: "--Telemetry:RelayMegabytes=1");
            var taken = 0;
            while (taken < 50 && (await send(site, taken)).StartsWith("200 ", StringComparison.Ordinal))
                taken++;
            return taken;
        }

        Assert.Equal(33, await CountTakenAsync((site, i) => site.InstallAsync(userAgent: $"{i:d2}{header}")));
        Assert.Equal(33, await CountTakenAsync((site, _) => site.PostAsync("/", """{"uuid":"7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264"}""", ("X-System-Key", header))));
    }

    [Fact]
    public async Task A_service_that_begins_to_answer_and_does_not_go_on_is_away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var site = await RelaySite.StartAsync(
            new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"),
            configure: builder => builder.Services.AddHttpClient<RelaySender>().ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(500)));
        await site.ReportAsync(1);

        var run = site.RunAsync();
        using var connection = await listener.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());

        Assert.NotNull((await run).Error);
        Assert.Equal("Staged", await site.StatesAsync());
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_while_the_service_is_away_drops_nothing()
    {
        await using var site = await RelaySite.StartAsync(new Uri(_site.Service.Client.BaseAddress!, "nothing/here/"));
        await site.ReportAsync(1);
        await site.RunAsync();

        site.Clock.SetUtcNow(site.Clock.GetUtcNow().AddDays(61));
        await site.RunAsync();
        Assert.Equal("Staged", await site.StatesAsync());

        // Until somebody sets it right, or it is believed.
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.RunAsync();
        Assert.Empty(await site.ItemsAsync());
    }

    [Fact]
    public async Task While_the_service_wants_to_be_left_alone_what_is_staged_waits()
    {
        await using var site = await RelaySite.StartAsync(serviceSettings: ["--Telemetry:WritesPerHour=1"]);
        await site.ReportAsync(1);
        await site.ReportAsync(2);

        var result = await site.RunAsync();

        Assert.Equal((1, TimeSpan.FromHours(1)), (result.Sent, result.Wait));
        Assert.StartsWith("429 Your address has sent more than", result.Error, StringComparison.Ordinal);
        Assert.Single(await site.ItemsAsync(), item => item.State == RelayState.Staged);
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await site.RunAsync()).Sent);
    }

    [Fact]
    public async Task Who_pauses_it_while_it_sends_stops_it()
    {
        RelaySwitch? relaySwitch = null;
        await using var site = await RelaySite.StartAsync(configure: builder => builder.Services.AddHttpClient<RelaySender>().AddHttpMessageHandler(
            () => new Meanwhile(cancellation => relaySwitch!.PauseAsync(TestSite.Noon, cancellation))));
        relaySwitch = site.Part<RelaySwitch>();
        for (var system = 1; system <= 20; system++)
            await site.ReportAsync(system);

        // Those that are sent at once, and no more.
        Assert.InRange((await site.RunAsync()).Sent, 1, 8);
    }

    [Fact]
    public async Task While_something_else_answers_there_nothing_is_lost()
    {
        await using var site = await RelaySite.StartAsync(new Uri(_site.Service.Client.BaseAddress!, "nothing/here/"));
        await site.ReportAsync(1);
        await site.InstallAsync();

        Assert.StartsWith("404 There is nothing at this path.", (await site.RunAsync()).Error, StringComparison.Ordinal);
        Assert.Equal("Staged, Staged", await site.StatesAsync());
    }

    [Fact]
    public async Task What_is_sent_is_kept_for_a_week_and_what_is_not_for_as_long_as_raw_data()
    {
        await _site.ReportAsync(1);
        await _site.RunAsync();
        await _site.EventAsync(1, "wrong");
        await _site.RunAsync();
        _site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await _site.RunAsync();
        Assert.Equal("Refused: 401 Unauthorized", await _site.StatesAsync());

        _site.Clock.Advance(TimeSpan.FromDays(53));
        await _site.RunAsync();
        Assert.Empty(await _site.ItemsAsync());
        Assert.Empty(await _site.Part<ITableStore>().ScanAsync(RelayStore.Table, KeyRange.All, []).ToListAsync());
    }

    /// <summary>Does something each time before the service is asked.</summary>
    private sealed class Meanwhile(Func<CancellationToken, Task> act) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await act(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private Task<List<Row>> StoredAsync(TableSchema table) => _site.Service.Store.ScanAsync(table, KeyRange.All).ToListAsync().AsTask();
}
