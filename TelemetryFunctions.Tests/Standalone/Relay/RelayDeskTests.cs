using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>What an administrator sees of what leaves the house, and can do about it.</summary>
public sealed class RelayDeskTests : IAsyncLifetime
{
    private RelaySite _site = null!;

    private static string IdOf(int system) => $"20261118-r-{ReportBuilder.Id(system)}";

    public async Task InitializeAsync()
    {
        _site = await RelaySite.StartAsync(withLoop: true);
        for (var system = 1; system <= 3; system++)
            await _site.ReportAsync(system);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task While_it_is_paused_nothing_is_sent_but_what_is_released()
    {
        Assert.Equal((0, "Paused: nothing is sent until resume, but for what is released.\n"), await RunAsync("pause"));
        Assert.Equal(0, (await _site.RunAsync()).Sent);

        Assert.Equal((0, "1 item is released.\n"), await RunAsync("release", IdOf(2)));
        await UntilAsync(RelayState.Sent, 1);
        Assert.Equal("Staged, Sent: counts on 2026-11-18, Staged", await _site.StatesAsync());

        Assert.Equal(0, (await RunAsync("resume")).ExitCode);
        await _site.RunAsync();
        Assert.All(await _site.ItemsAsync(), item => Assert.Equal(RelayState.Sent, item.State));
    }

    [Fact]
    public async Task What_is_released_is_sent_at_once()
    {
        Assert.Equal((0, "3 items are released.\n"), await RunAsync("release"));
        await UntilAsync(RelayState.Sent, 3);
        Assert.Equal((1, "Nothing of that is staged or refused.\n"), await RunAsync("release"));
    }

    [Fact]
    public async Task What_is_dropped_is_never_sent()
    {
        Assert.Equal((0, "1 item is dropped.\n"), await RunAsync("drop", IdOf(1)));
        Assert.Equal((0, "1 item is dropped.\n"), await RunAsync("drop", "--system", Guid.Parse(ReportBuilder.Id(2)).ToString("d").ToUpperInvariant()));
        Assert.Equal((1, "Nothing of that is there.\n"), await RunAsync("drop", IdOf(1)));
        Assert.Equal((1, "Name what is to be dropped: ids, a system, or a state.\n"), await RunAsync("drop"));

        Assert.Equal(1, (await _site.RunAsync()).Sent);
        Assert.Equal(ReportBuilder.Id(3), Assert.Single(await _site.ItemsAsync()).System);
    }

    [Fact]
    public async Task What_was_refused_can_be_tried_again()
    {
        await _site.EventAsync(1, "wrong");
        await _site.RunAsync();

        var (exitCode, list) = await RunAsync("list", "--state", "refused");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"\AID +STATE +BYTES +RECEIVED +NOTE\n20261118-e-[0-9a-f]{32}  refused +\d+  2026-11-18T12:00:00Z  401 Unauthorized\n\z", list);
        await RunAsync("pause");
        Assert.Equal((0, "1 item is released.\n"), await RunAsync("release", "--state", "refused"));
        await UntilAsync(RelayState.Staged, 0);
        await UntilAsync(RelayState.Refused, 1);
    }

    [Fact]
    public async Task All_of_an_item_is_shown_but_for_keys()
    {
        await _site.PostAsync("/", """{"system_id":"7771a0ce-c127-8f8c-a878-a66c694f3344","components":[{"name":"core","version":"1.0"}]}""", ("X-System-Key", "correct-horse-battery-staple-0123456789"));

        var (exitCode, shown) = await RunAsync("show", "20261118-r-7771a0cec1278f8ca878a66c694f3344");

        Assert.Equal(0, exitCode);
        Assert.Contains("goes along:   the system's key\n", shown, StringComparison.Ordinal);
        Assert.Contains("\"version\": \"1.0\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", shown, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartupException>(() => RunAsync("show", IdOf(9)));
    }

    [Fact]
    public async Task The_same_can_be_done_while_it_does_not_run()
    {
        using var directory = new TemporaryDirectory();
        var builder = RelayHost.CreateBuilder(new Uri("http://localhost:1/"), [$"--Telemetry:DataDirectory={directory.Path}", "--urls=http://127.0.0.1:0", "--Logging:Console:LogLevel:Default=None"]);
        await using (var relay = await builder.OpenAsync())
        {
        }

        Assert.Equal(0, (await RunInAsync(directory, "pause")).ExitCode);
        Assert.Equal((1, "Nothing of that is there.\n"), await RunInAsync(directory, "drop", IdOf(1)));
        var error = await Assert.ThrowsAsync<StartupException>(() => RunInAsync(Path.Combine(directory, "elsewhere"), "list"));
        Assert.EndsWith("name its directory with --data.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "nonsense")]
    [InlineData("drop", "nonsense")]
    [InlineData("drop", "--system", "nonsense")]
    [InlineData("list", "--state", "nonsense")]
    [InlineData("nonsense")]
    public async Task A_name_that_is_none_is_told(params string[] arguments) =>
        Assert.Contains("nonsense", (await Assert.ThrowsAsync<UsageException>(() => RunAsync(arguments))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task No_page_of_another_site_decides(string header, string value)
    {
        using var browser = await _site.EnterAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await DropAllAsync(browser, header, value));
        Assert.Equal(3, (await _site.ItemsAsync()).Count);

        Assert.Equal(HttpStatusCode.OK, await DropAllAsync(browser, "Sec-Fetch-Site", "same-origin"));
        Assert.Empty(await _site.ItemsAsync());
    }

    [Fact]
    public async Task Nobody_decides_without_the_key_not_even_by_another_socket()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory, "all.sock");
        await using var site = await RelaySite.StartAsync(settings: $"--urls=http://127.0.0.1:0;http://unix:{path}");
        await site.ReportAsync(1);
        using var bySocket = RelaySocket.CreateClientAt(path);

        Assert.Equal(HttpStatusCode.Forbidden, await DropAllAsync(bySocket, "Accept", "text/plain"));
        Assert.Equal(HttpStatusCode.Forbidden, (await bySocket.GetAsync("relay")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await DropAllAsync(site.Client, "Accept", "text/plain"));
        Assert.Equal(HttpStatusCode.Forbidden, await DropAllAsync(site.Client, "Cookie", "relay=1.AAAA"));
        Assert.Single(await site.ItemsAsync());
    }

    [Fact]
    public async Task A_link_to_its_page_is_for_who_may_read_its_directory()
    {
        var (exitCode, link) = await RunAsync("page");

        Assert.Equal((0, _site.Link + "\n"), (exitCode, link));
        Assert.Contains(await File.ReadAllTextAsync(Path.Combine(_site.Directory, "page.key")) is var key ? key.Trim() : "", link, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_site.Directory, "page.key")));
    }

    [Fact]
    public async Task What_has_come_in_place_of_what_was_looked_at_is_not_dropped()
    {
        var items = _site.Part<RelayStore>();
        var looked = await items.ReadAsync(CancellationToken.None).FirstAsync();
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"2.0"}]""");

        Assert.False(await items.TryDropAsync(looked, CancellationToken.None));
        Assert.Contains("2.0", (await RunAsync("show", IdOf(1))).Output, StringComparison.Ordinal);
        Assert.True(await items.TryDropAsync((await items.FindItemAsync(looked.Id, CancellationToken.None))!, CancellationToken.None));
        Assert.Null(await items.FindAsync(looked.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_terminal_does_not_obey_what_is_in_an_item()
    {
        const char Escape = '\u009B';
        const string Event = """{"id":"0197c0de-0000-7000-8000-000000000001","timestamp":"2026-11-18T12:00:00Z","service":"api","tokenRefreshed":{} }""";
        using (var taken = await _site.Client.SendAsync(RelaySite.Message("/events", $"{Event}\n{Escape}31m\u202E\n", "application/x-ndjson", ("x-functions-key", RelaySite.FunctionKey))))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        var shown = (await RunAsync("show", (await _site.ItemsAsync()).Find(item => item.Id.Kind == RelayKind.Events)!.Id.ToString())).Output;

        Assert.Contains("\uFFFD31m\uFFFD", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void What_is_in_fields_that_nobody_knows_is_not_passed_over()
    {
        // Field 500, six bytes long.
        byte[] body = [.. new Report { SystemId = ReportBuilder.Id(1) }.ToByteArray(), 0xA2, 0x1F, 6, .. "hidden"u8];
        var item = new RelayItem(new RelayId(new DateOnly(2026, 11, 18), RelayKind.Report, ReportBuilder.Id(1)), RelayState.Staged, "", "", body.Length, TestSite.Noon);

        Assert.EndsWith("and 9 bytes in fields that are not known here; \"relay show ID --body\" has all.", RelayContentText.Of(new RelayContent(item, body, RelaySecrets.None)), StringComparison.Ordinal);
        Assert.EndsWith("}", RelayContentText.Of(new RelayContent(item, body[..^9], RelaySecrets.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_ends_before_it_has_answered_is_told_from_one_that_does_not_run()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory, "telemetry.db"), "");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(RelaySocket.PathOf(directory)));
        listener.Listen();

        var asking = RunInAsync(directory, "pause");
        using (var connection = await listener.AcceptAsync())
            await connection.ReceiveAsync(new byte[4096]);

        Assert.StartsWith("The relay did not answer to the end", (await Assert.ThrowsAsync<StartupException>(() => asking)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_sender_hangs_up_on_is_no_fault_of_the_relay()
    {
        var log = new FakeLogCollector();
        await using (var site = await RelaySite.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(new FakeLoggerProvider(log));
            builder.Logging.AddFilter<FakeLoggerProvider>(null, LogLevel.Warning);
        }))
        {
            for (var i = 0; i < 5; i++)
            {
                using var sender = new TcpClient();
                await sender.ConnectAsync(IPAddress.Loopback, site.Client.BaseAddress!.Port);
                var stream = sender.GetStream();
                await stream.WriteAsync("POST /relay HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                sender.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[1024]) > 0)
                {
                }
            }
        }

        Assert.Empty(log.GetSnapshot().Select(entry => $"{entry.Message} {entry.Exception}"));
    }

    [Fact]
    public async Task What_the_relay_cannot_do_is_told_in_words()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "relay") { Content = new DeskForm("nonsense", RelaySelection.Everything).ToContent() };

        var error = await Assert.ThrowsAsync<StartupException>(() => RelayDeskCommand.AskAsync(_site.Directory, request, CancellationToken.None));

        Assert.Equal("do must be pause, resume, release or drop.", error.Message);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_told_in_one_line()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory, "telemetry.db"), "nothing of SQLite's, and more than a few bytes of it");

        var (exitCode, output) = await AppProcess.RunAsync(directory, "http://127.0.0.1:0", ["relay", "list"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("telemetry.db is damaged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_has_is_for_its_user_alone_also_where_the_directory_is_not()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var directory = new TemporaryDirectory();

        RelayDirectory.Make(directory);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "telemetry.db")));
    }

    [Fact]
    public void A_path_that_has_no_room_in_the_address_of_a_socket_is_told() =>
        Assert.Contains("too long for a socket", Assert.Throws<StartupException>(() => RelaySocket.AddressOf("/" + new string('ü', 60))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_that_no_address_can_have_is_told() =>
        Assert.Contains("with \";\"", Assert.Throws<StartupException>(() => RelaySocket.AddressOf("/one;two")).Message, StringComparison.Ordinal);

    private static async Task<HttpStatusCode> DropAllAsync(HttpClient client, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "relay") { Content = new FormUrlEncodedContent([new("do", "drop"), new("state", "staged")]) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>What is released is sent by the relay's own loop.</summary>
    private async Task UntilAsync(RelayState state, int count)
    {
        for (var tries = 0; tries < 500 && await CountAsync() != count; tries++)
            await Task.Delay(10);
        Assert.Equal(count, await CountAsync());

        async Task<int> CountAsync() => (await _site.ItemsAsync()).Count(item => item.State == state);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunInAsync(_site.Directory, arguments);

    private static async Task<(int ExitCode, string Output)> RunInAsync(string directory, params string[] arguments)
    {
        using var output = new StringWriter();
        using var terminal = new TerminalWriter(output);
        var exitCode = await CommandLine.Create().Parse(["relay", arguments[0], "--data", directory, .. arguments[1..]]).InvokeAsync(
            new InvocationConfiguration { Output = terminal, Error = terminal, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }
}
