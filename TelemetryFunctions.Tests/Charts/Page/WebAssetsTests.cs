using System.IO.Compression;
using System.Security.Cryptography;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed class WebAssetsTests
{
    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);

    [Theory]
    [InlineData("app.js", "text/javascript; charset=utf-8")]
    [InlineData("operations.js", "text/javascript; charset=utf-8")]
    [InlineData("pages.js", "text/javascript; charset=utf-8")]
    [InlineData("early.js", "text/javascript; charset=utf-8")]
    [InlineData("app.css", "text/css; charset=utf-8")]
    [InlineData("packages.css", "text/css; charset=utf-8")]
    [InlineData("relay.css", "text/css; charset=utf-8")]
    [InlineData("icon.svg", "image/svg+xml")]
    public void The_build_embeds_every_part_of_the_pages(string logicalName, string contentType)
    {
        var asset = Assets[logicalName];

        Assert.Equal(contentType, asset.ContentType);
        Assert.Same(asset, Assets.Find(asset.Name));
        Assert.Equal(8, Assets.All.Count);
    }

    [Fact]
    public void A_name_carries_the_hash_of_its_content()
    {
        foreach (var asset in Assets.All)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(asset.Identity.Span))[..12];
            Assert.Contains($"-{hash}.", asset.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_compressed_bytes_inflate_to_the_plain_ones()
    {
        foreach (var asset in Assets.All)
        {
            Assert.Equal(asset.Identity.ToArray(), Inflate(asset.Brotli, body => new BrotliStream(body, CompressionMode.Decompress)));
            Assert.Equal(asset.Identity.ToArray(), Inflate(asset.Gzip, body => new GZipStream(body, CompressionMode.Decompress)));
        }
    }

    [Fact]
    public void Script_and_style_stay_small_on_the_wire() =>
        Assert.InRange(Assets["app.js"].Brotli.Length + Assets["app.css"].Brotli.Length, 1, 80_000);

    [Theory]
    [InlineData("app.js")]
    [InlineData("manifest.json")]
    [InlineData("../app.js")]
    [InlineData("")]
    public void Only_hashed_names_are_found(string name) => Assert.Null(Assets.Find(name));

    [Fact]
    public void An_assembly_without_the_page_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => WebAssets.Load(typeof(WebAssetsTests).Assembly));

    private static byte[] Inflate(ReadOnlyMemory<byte> compressed, Func<Stream, Stream> open)
    {
        using var body = new MemoryStream(compressed.ToArray());
        using var inflater = open(body);
        using var plain = new MemoryStream();
        inflater.CopyTo(plain);
        return plain.ToArray();
    }
}
