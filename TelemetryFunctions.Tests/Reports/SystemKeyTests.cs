using System.Net;
using System.Text.Json;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Ids that prove themselves: nobody else can speak for a system whose id is made of a key.</summary>
public sealed class SystemKeyTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SystemState _system = SystemState.Create(TestSite.Noon);
    private TestSite _site = null!;

    private string Id => _system.SystemId.ToString();

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(_directory, environment: "Production");

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Computed by hand, so that no client and no service can change together.</summary>
    [Fact]
    public void An_id_is_the_SHA_256_of_its_key()
    {
        Assert.True(SystemId.TryParse("7771a0ce-c127-8f8c-a878-a66c694f3344", out var system));

        Assert.True(system.IsMadeOfKey && system.IsMadeOf("correct-horse-battery-staple-0123456789"));
        Assert.False(system.IsMadeOf("correct-horse-battery-staple-0123456788"));
    }

    [Fact]
    public void Every_key_of_the_client_makes_an_id_that_the_service_knows_by_it()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var system = SystemState.Create(TestSite.Noon);
            Assert.True(SystemId.TryParse(system.SystemId.ToString(), out var id) && id.IsMadeOfKey && id.IsMadeOf(system.Key), system.Key);
        }
    }

    [Theory]
    [InlineData(null, "Send the key in X-System-Key")]
    [InlineData("", "Send the key in X-System-Key")]
    [InlineData("wrong", "does not give this id")]
    public async Task A_report_without_the_key_is_refused_with_a_reason_and_nothing_is_stored(string? key, string reason)
    {
        foreach (var (components, note) in new[] { ("", ""), ("""{"name":"core","version":"1.0.dev1"}""", "of a prerelease") })
        {
            using var response = await SendAsync(HttpMethod.Post, "/", key, $$"""{"system_id":"{{Id}}","components":[{{components}}]}""");

            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, note);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(reason, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task With_the_key_it_reports_sees_what_is_stored_and_is_forgotten_and_nobody_else_does()
    {
        using (var accepted = await ReportAsync())
            Assert.Equal("""{"status":"accepted"}""", await accepted.Content.ReadAsStringAsync());

        foreach (var id in new[] { Id, _system.SystemId.ToString("N").ToUpperInvariant() })
        {
            foreach (var key in new[] { null, "wrong", _system.Key.ToUpperInvariant() })
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Delete })
                {
                    using var refused = await SendAsync(method, $"/systems/{id}", key);
                    Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
                    Assert.True(refused.Headers.CacheControl!.NoStore);
                }
            }

            using var shown = await SendAsync(HttpMethod.Get, $"/systems/{id}", _system.Key);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }

        Assert.Single(await StoredAsync());
        using (var forgotten = await SendAsync(HttpMethod.Delete, $"/systems/{Id}", _system.Key))
            Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task The_form_asks_for_the_key_and_shows_it_nowhere()
    {
        Assert.Contains("type=\"password\"", await _site.GetAsync("/catalogue"), StringComparison.Ordinal);
        (await ReportAsync()).Dispose();

        foreach (var (key, action, status, text) in new[]
        {
            ("", "show", HttpStatusCode.Forbidden, "this is not the key"), ("wrong", "forget", HttpStatusCode.Forbidden, "this is not the key"),
            ($" {_system.Key} ", "show", HttpStatusCode.OK, "The last report"), (_system.Key, "forget", HttpStatusCode.OK, "is deleted"),
        })
        {
            using var response = await _site.Client.PostAsync("/systems", new FormUrlEncodedContent([new("id", Id), new("key", key), new("do", action)]));
            var page = await response.Content.ReadAsStringAsync();

            Assert.Equal(status, response.StatusCode);
            Assert.Contains(text, page, StringComparison.Ordinal);
            Assert.DoesNotContain(_system.Key, page, StringComparison.Ordinal);
        }
    }

    /// <summary>The digits of a variant that is not RFC 9562's are no version 8.</summary>
    [Theory]
    [InlineData("65c7076e-d4ab-47a9-a919-52536f9e5879")]
    [InlineData("65c7076e-d4ab-17a9-a919-52536f9e5879")]
    [InlineData("65c7076e-d4ab-87a9-7919-52536f9e5879")]
    [InlineData("65c7076e-d4ab-87a9-c919-52536f9e5879")]
    public async Task Other_ids_need_no_key_and_mind_none(string id)
    {
        foreach (var key in new[] { null, "any" })
        {
            using var response = await SendAsync(HttpMethod.Post, "/", key, $$"""{"system_id":"{{id}}"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await _site.Client.GetAsync($"/systems/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _site.Client.DeleteAsync($"/systems/{id}")).StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_sites_can_not_send_a_key()
    {
        foreach (var path in new[] { "/", $"/systems/{Id}" })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path)
            {
                Headers = { { "Origin", "https://elsewhere.example" }, { "Access-Control-Request-Method", "DELETE" }, { "Access-Control-Request-Headers", "x-system-key" } },
            };
            using var response = await _site.Client.SendAsync(preflight);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Headers"));
        }
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("11111111-1111-4111-8111-111111111111")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("12345678-1234-1234-1234-123456789012")]
    [InlineData("12345678-1234-5678-1234-567812345678")]
    [InlineData("12345678-90ab-cdef-1234-567890abcdef")]
    [InlineData("123E4567-E89B-12D3-A456-426614174000")]
    [InlineData("550e8400e29b41d4a716446655440000")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("2489e9ad-2ee2-8e00-8ec9-32d5f69181c0")]
    public async Task An_id_that_many_have_is_refused(string id)
    {
        using var response = await _site.PostJsonAsync($$"""{"system_id":"{{id}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Make a random UUID", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public void No_random_id_is_one_that_many_have()
    {
        var (random, bytes) = (new Random(1), new byte[16]);
        for (var i = 0; i < 1_000_000; i++)
        {
            random.NextBytes(bytes);
            Assert.False(SharedIds.Has(Convert.ToHexStringLower(bytes)));
        }
    }

    private Task<HttpResponseMessage> ReportAsync() => SendAsync(HttpMethod.Post, "/", _system.Key, $$"""{"system_id":"{{Id}}"}""");

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, string? json = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-System-Key", key);
        return _site.Client.SendAsync(request);
    }

    private Task<List<string>> StoredAsync() => _site.Store.ScanAsync(ReportStore.Table, KeyRange.All).Select(row => row.Key).ToListAsync().AsTask();
}
