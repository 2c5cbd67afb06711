using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

public sealed class BadInputTests : IAsyncLifetime
{
    private InstallApp _app = null!;

    public static TheoryData<string> NoNotifications { get; } =
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        """{"downloads":null}""",
        """{"downloads":[}""",
        """{"\ud800\ud800":1}""",
        """{"downloads":[{"\ud800aaaa":1}]}""",
        new string(' ', 1_000_000),
        new string('[', 1_000_000),
        $$"""{"downloads":[{"name":"a/b","version":"{{new string('1', NotificationReceiver.MaxBytes)}}"}]}""",
    ];

    public static TheoryData<string> NoDownloads { get; } =
    [
        """{"name":"<img src=x onerror=alert(1)>/x","version":"1"}""",
        """{"name":"a/<script>alert(1)</script>","version":"1"}""",
        """{"name":"../../etc/passwd","version":"1"}""",
        """{"name":"../x","version":"1"}""",
        """{"name":"vendor/naïve","version":"1"}""",
        """{"name":"vendor/日本","version":"1"}""",
        """{"name":1,"version":2}""",
        """{"name":"a/b","version":5}""",
        """{"name":"a/b"}""",
        """{"name":"a/b\u0000","version":"1"}""",
        """["a/b","1"]""",
        """{"\ud800aaaa":1}""",
        "null",
    ];

    public async Task InitializeAsync() => _app = await InstallApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(NoNotifications))]
    public async Task What_is_no_notification_is_answered_with_ok_and_leaves_nothing(string body)
    {
        await AssertOkAsync(await _app.PostAsync(body));
        Assert.Equal("", await DumpInstallsAsync());
    }

    [Theory]
    [MemberData(nameof(NoDownloads))]
    public async Task What_is_no_download_is_dropped_and_the_rest_is_kept(string entry)
    {
        await AssertOkAsync(await _app.PostAsync($$"""{"downloads":[{{entry}},{"name":"good/one","version":"1.0.0.0"}]}"""));
        var row = Assert.Single((await DumpInstallsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Package=good/one Version=1.0.0", row, StringComparison.Ordinal);

        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        var page = await _app.GetAsync("/packages");
        Assert.Contains("good/one", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onerror", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("dev-it's-1\\\"x", "dev-it&#x27;s-1&quot;x")]
    [InlineData("dev-größe", "dev-gr&#xF6;&#xDF;e")]
    [InlineData("", "other")]
    [InlineData("dev-\\u0000", "other")]
    [InlineData("dev-\\udc00", "other")]
    public async Task A_version_of_any_characters_counts_and_is_shown_as_text(string version, string shown)
    {
        await AssertOkAsync(await _app.PostAsync($$"""{"downloads":[{"name":"a/b","version":"{{version}}"}]}"""));
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        var page = await _app.GetAsync("/packages/a/b");
        Assert.Contains($"""<th scope="row">{shown}</th><td>1</td><td>1</td>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_ten_thousand_downloads_a_thousand_are_stored()
    {
        await AssertOkAsync(await _app.NotifyAsync([.. Enumerable.Range(0, 10_000).Select(i => new Download($"a/b{i}", "1"))]));
        Assert.Equal(1000, (await DumpInstallsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Of_duplicate_keys_nothing_is_stored_twice()
    {
        await AssertOkAsync(await _app.PostAsync("""{"downloads":[{"name":"a/b","name":"a/c","version":"1","version":"2"}]}"""));
        Assert.Contains("Package=a/c Version=2", Assert.Single((await DumpInstallsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_bytes_are_answered_with_ok()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var body = new byte[random.Next(1, 400)];
            random.NextBytes(body);
            await AssertOkAsync(await _app.PostAsync(body));
        }

        // And a good body with one byte changed.
        var good = Encoding.UTF8.GetBytes("""{"downloads":[{"name":"wp-plugin/akismet","version":"5.0.0.0"}]}""");
        for (var i = 0; i < good.Length; i++)
        {
            var body = good.ToArray();
            body[i] = (byte)random.Next(256);
            await AssertOkAsync(await _app.PostAsync(body));
        }

        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await _app.Client.GetAsync(new Uri("/packages", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_business_of_the_clients()
    {
        await using var app = await InstallApp.StartAsync(services => services.AddSingleton<ITableStore>(
            provider => new SlowStore(new MemoryTableStore(provider.GetRequiredService<TimeProvider>()), () => throw new StoreUnavailableException("It is away."))));
        await AssertOkAsync(await app.NotifyAsync(new Download("a/b", "1")));
        Assert.Contains(app.Log, line => line.Contains("It is away.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_never_answers_keeps_no_client_waiting()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await InstallApp.StartAsync(services => services.AddSingleton<ITableStore>(
            provider => new SilentStore(new MemoryTableStore(provider.GetRequiredService<TimeProvider>()), reached)));
        using var counted = new InstallMeterReader(app.Services);
        var answer = app.NotifyAsync(new("a/b", "1"), new("a/c", "1"));
        await reached.Task;
        Assert.False(answer.IsCompleted);

        app.Clock.Advance(StorePatience.Limit);
        await AssertOkAsync(await answer);
        Assert.Equal(1, counted["telemetry.notifications", "lost"]);
        Assert.Equal(2, counted["telemetry.downloads", "lost"]);
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_answered_with_ok()
    {
        // Twice on one connection: the rest of the first body is not taken for the second request.
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/downloads");
            request.Content = new ByteArrayContent(new byte[3 * NotificationReceiver.MaxBytes]);
            request.Headers.TransferEncodingChunked = true;
            await AssertOkAsync(await _app.Client.SendAsync(request));
        }

        Assert.Equal("", await DumpInstallsAsync());
        Assert.DoesNotContain(_app.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_becomes_of_requests_is_counted()
    {
        using var counted = new InstallMeterReader(_app.Services);
        await _app.PostAsync("nonsense");
        await _app.PostAsync("""{"downloads":[{"name":"a/b","version":"1"},{"name":"x","version":"1"}]}""");
        Assert.Equal(1, counted["telemetry.notifications", "rejected"]);
        Assert.Equal(1, counted["telemetry.notifications", "stored"]);
        Assert.Equal(1, counted["telemetry.downloads", "stored"]);
        Assert.Equal(1, counted["telemetry.downloads", "dropped"]);
    }

    private static async Task AssertOkAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync());
    }

    private async Task<string> DumpInstallsAsync() => string.Join(
        '\n', (await _app.DumpAsync()).Split('\n').Where(line => line.StartsWith("INSTALLS ", StringComparison.Ordinal)));
}
