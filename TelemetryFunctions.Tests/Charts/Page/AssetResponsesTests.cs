using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed class AssetResponsesTests
{
    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);
    private static readonly WebAsset Script = Assets["app.js"];
    private static readonly AssetResponses Responses = new(Assets);

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("BR", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*;q=0", "")]
    [InlineData("deflate", "")]
    [InlineData("br;q=", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public async Task The_smallest_coding_that_the_client_takes_is_sent(string? acceptEncoding, string expected)
    {
        var (status, headers, body) = await new PageRequest(acceptEncoding: acceptEncoding)
            .RunAsync(request => Responses.Respond(request, Script.Name));

        var bytes = expected switch { "br" => Script.Brotli, "gzip" => Script.Gzip, _ => Script.Identity };
        Assert.Equal(200, status);
        Assert.Equal(expected, headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", headers.Vary);
        Assert.Equal(Script.ContentType, headers.ContentType);
        Assert.Equal("public, max-age=31536000, immutable", headers.CacheControl);
        Assert.Equal(bytes.ToArray(), body);
    }

    [Fact]
    public async Task A_client_that_has_the_asset_gets_304()
    {
        var (_, first, _) = await new PageRequest(acceptEncoding: "br").RunAsync(request => Responses.Respond(request, Script.Name));
        var (status, headers, body) = await new PageRequest(acceptEncoding: "br", ifNoneMatch: first.ETag)
            .RunAsync(request => Responses.Respond(request, Script.Name));

        Assert.Equal(304, status);
        Assert.Equal(first.ETag, headers.ETag);
        Assert.Empty(body);
    }

    [Fact]
    public async Task Each_coding_has_its_own_tag()
    {
        var tags = new HashSet<string>();
        foreach (var coding in new[] { "br", "gzip", "identity" })
        {
            var (_, headers, _) = await new PageRequest(acceptEncoding: coding).RunAsync(request => Responses.Respond(request, Script.Name));
            tags.Add(headers.ETag.ToString());
        }

        Assert.Equal(3, tags.Count);
    }

    [Fact]
    public async Task Head_sends_the_length_and_no_body()
    {
        var (status, headers, body) = await new PageRequest("HEAD", "br").RunAsync(request => Responses.Respond(request, Script.Name));

        Assert.Equal(200, status);
        Assert.Equal(Script.Brotli.Length, headers.ContentLength);
        Assert.Empty(body);
    }

    [Fact]
    public async Task An_unknown_name_is_404_and_not_kept()
    {
        var (status, headers, _) = await new PageRequest().RunAsync(request => Responses.Respond(request, "app.js"));

        Assert.Equal(404, status);
        Assert.Equal(0, headers.CacheControl.Count);
    }
}
