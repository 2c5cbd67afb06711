using System.Collections.Frozen;
using System.Text;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class NotificationParserTests
{
    private static readonly NotificationParser Parser = Create();

    [Fact]
    public void Downloads_are_read()
    {
        var notification = Parse("""{"downloads":[{"name":"a/b","version":"1.0.0.0"},{"name":"a/c","version":"dev-main","downloaded":true}],"more":1}""");
        Assert.Equal([new("a/b", "1.0.0"), new("a/c", "dev-main")], notification!.Downloads);
        Assert.Equal(0, notification.Dropped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"downloads":{}}""")]
    [InlineData("""{"downloads":[}""")]
    [InlineData("""{"\ud800\ud800":1}""")]
    [InlineData("""{"downloads":[{"name":"a/b","version":"1"}]} x""")]
    [InlineData("""{"downloads":[[[[[[[[[[[[]]]]]]]]]]]]}""")]
    public void What_is_no_notification_is_none(string body) => Assert.Null(Parse(body));

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":"a/c"}""")]
    [InlineData("""{"name":1,"version":"1"}""")]
    [InlineData("""{"name":"a/c","version":1}""")]
    [InlineData("""{"name":["a/c"],"version":"1"}""")]
    [InlineData("""{"name":"\ud800","version":"1"}""")]
    [InlineData("""{"\ud800aaaa":1}""")]
    [InlineData("""{"name":"<script>alert(1)</script>","version":"1"}""")]
    [InlineData("""{"name":"../../etc","version":"1"}""")]
    [InlineData("""{"name":"vendor/ü","version":"1"}""")]
    public void An_entry_that_is_no_download_is_dropped_alone(string entry)
    {
        var notification = Parse($$"""{"downloads":[{"name":"a/b","version":"1"},{{entry}},{"name":"a/d","version":"2"}]}""");
        Assert.Equal([new("a/b", "1"), new("a/d", "2")], notification!.Downloads);
        Assert.Equal(1, notification.Dropped);
    }

    [Theory]
    [InlineData("dev-it's", "dev-it's")]
    [InlineData("dev-fix/(a|b)=1", "dev-fix/(a|b)=1")]
    [InlineData("<b>", "<b>")]
    [InlineData(@"dev-\u00fc", "dev-ü")]
    [InlineData("", "other")]
    [InlineData(@"1\u0000", "other")]
    [InlineData(@"dev-\ud800", "other")]
    [InlineData("dev-a-branch-whose-name-tells-the-whole-story-of-what-was-done-and-why", "other")]
    public void A_package_counts_whatever_its_version_is(string sent, string version)
    {
        var notification = Parse($$"""{"downloads":[{"name":"a/b","version":"{{sent}}"}]}""");
        Assert.Equal([new Download("a/b", version)], notification!.Downloads);
        Assert.Equal(0, notification.Dropped);
    }

    [Fact]
    public void Of_duplicate_keys_the_last_one_counts()
    {
        var notification = Parse("""{"downloads":[{"name":"x/y","version":"1"}],"downloads":[{"name":"a/b","name":"a/c","version":"1"}]}""");
        Assert.Equal([new Download("a/c", "1")], notification!.Downloads);
    }

    [Fact]
    public void A_download_named_twice_is_one()
    {
        var notification = Parse("""{"downloads":[{"name":"a/b","version":"1.0.0"},{"name":"a/b","version":"1.0.0.0"}]}""");
        Assert.Equal([new Download("a/b", "1.0.0")], notification!.Downloads);
    }

    [Fact]
    public void A_name_in_another_case_is_the_same_package()
    {
        var notification = Parse("""{"downloads":[{"name":"natxet/CssMin","version":"3.0.6.0"},{"name":"natxet/cssmin","version":"3.0.6.0"}]}""");
        Assert.Equal([new Download("natxet/cssmin", "3.0.6")], notification!.Downloads);
        Assert.Equal(0, notification.Dropped);
    }

    [Fact]
    public void Of_ten_thousand_downloads_the_first_thousand_are_taken()
    {
        var entries = Enumerable.Range(0, 10_000).Select(i => $$"""{"name":"a/b{{i}}","version":"1"}""");
        var notification = Parse($$"""{"downloads":[{{string.Join(',', entries)}}]}""");
        Assert.Equal(NotificationParser.MaxDownloads, notification!.Downloads.Count);
        Assert.Equal(10_000 - NotificationParser.MaxDownloads, notification.Dropped);
    }

    [Fact]
    public void Only_allowed_vendors_are_taken_where_some_are_set()
    {
        var body = Encoding.UTF8.GetBytes("""{"downloads":[{"name":"a/b","version":"1"},{"name":"aa/b","version":"1"},{"name":"C/b","version":"1"}]}""");
        var notification = Create("a", "c").Parse(body);
        Assert.Equal([new("a/b", "1"), new("c/b", "1")], notification!.Downloads);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Assert.NotNull(Parser.Parse((byte[])[.. Encoding.UTF8.Preamble, .. """{"downloads":[]}"""u8]));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_dropped_with_their_entry() =>
        Assert.Empty(Parser.Parse((byte[])[.. """{"downloads":[{"name":"a/"""u8, 0xff, .. "\",\"version\":\"1\"}]}"u8])?.Downloads ?? []);

    private static NotificationParser Create(params string[] vendors) =>
        new(new InstallOptions(TimeSpan.FromHours(1), vendors.ToFrozenSet(), MinimumLabelInstalls: 3));

    private static Notification? Parse(string body) => Parser.Parse(Encoding.UTF8.GetBytes(body));
}
