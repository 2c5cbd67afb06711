using System.Net;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>The form of the catalogue, which shows or forgets a system without its id in an address.</summary>
public sealed class SystemPageTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await TestSite.StartAsync(_directory);
        await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","note":"</code><script>alert(1)</script>"}""");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_shows_what_is_stored_as_text()
    {
        var (response, page) = await SendAsync(ReportBuilder.Id(1), "show");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<dt>First seen</dt><dd>known when the day is over</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Days with a report</dt><dd>2026-11-18</dd>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/code&gt;&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{ReportBuilder.Id(1)}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_forgets_whether_or_not_there_was_anything()
    {
        var (first, page) = await SendAsync($" {Guid.Parse(ReportBuilder.Id(1)):D} ", "forget");
        var (second, again) = await SendAsync(ReportBuilder.Id(1), "forget");
        var (shown, nothing) = await SendAsync(ReportBuilder.Id(1), "show");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode, shown.StatusCode));
        Assert.Equal(page, again);
        Assert.Contains("Nothing is stored under this id.", nothing, StringComparison.Ordinal);
        await _site.Store.PurgeAsync();
        Assert.False(_directory.Holds(ReportBuilder.Id(1)));
    }

    [Theory]
    [InlineData("nonsense", "show", HttpStatusCode.BadRequest, "not a UUID")]
    [InlineData("", "forget", HttpStatusCode.BadRequest, "not a UUID")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6", "", HttpStatusCode.BadRequest, "must be show or forget")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6", "show", HttpStatusCode.NotFound, "Nothing is stored")]
    public async Task What_it_can_t_do_it_says(string id, string action, HttpStatusCode status, string reason)
    {
        var (response, page) = await SendAsync(id, action);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_pages_with_the_form_may_send_one_and_no_answer_is_kept()
    {
        foreach (var (path, source) in new[] { ("/", "'none'"), ("/catalogue", "'self'") })
        {
            using var page = await _site.Client.GetAsync(path);
            Assert.Contains($"; form-action {source};", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        var (answer, _) = await SendAsync(ReportBuilder.Id(1), "show");
        Assert.Contains("; form-action 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("&&&", HttpStatusCode.BadRequest)]
    [InlineData("id", HttpStatusCode.BadRequest)]
    [InlineData("do=show", HttpStatusCode.BadRequest)]
    [InlineData("id=3fa85f64-5717-4562-b3fc-2c963f66afa6", HttpStatusCode.BadRequest)]
    [InlineData("id=%00&do=show", HttpStatusCode.BadRequest)]
    [InlineData("id=%ff%fe&do=forget", HttpStatusCode.BadRequest)]
    [InlineData("id=3fa85f64-5717-4562-b3fc-2c963f66afa6&id=nonsense&do=forget", HttpStatusCode.BadRequest)]
    public async Task A_form_that_lacks_a_field_or_has_it_twice_is_refused(string form, HttpStatusCode status)
    {
        using var response = await _site.Client.PostAsync("/systems", new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal(status, response.StatusCode);
    }

    private async Task<(HttpResponseMessage Response, string Page)> SendAsync(string id, string action)
    {
        var response = await _site.Client.PostAsync("/systems", new FormUrlEncodedContent([new("id", id), new("do", action)]));
        return (response, await response.Content.ReadAsStringAsync());
    }
}
