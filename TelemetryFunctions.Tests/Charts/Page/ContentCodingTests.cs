using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Tests.Charts.Page;

/// <summary>RFC 9110, 12.5.3.</summary>
public sealed class ContentCodingTests
{
    [Theory]
    [InlineData(null, ContentCoding.Identity)]
    [InlineData("", ContentCoding.Identity)]
    [InlineData("deflate", ContentCoding.Identity)]
    [InlineData("gzip;q=2", ContentCoding.Identity)]
    [InlineData("br", ContentCoding.Brotli)]
    [InlineData("gzip, deflate, br, zstd", ContentCoding.Brotli)]
    [InlineData("GZIP", ContentCoding.Gzip)]
    [InlineData("br;q=0.5, gzip;q=1.0", ContentCoding.Gzip)]
    [InlineData("br;q=0.5, gzip", ContentCoding.Gzip)]
    [InlineData("br;q=0.9, gzip;q=0.8", ContentCoding.Brotli)]
    [InlineData("gzip;q=0.001", ContentCoding.Gzip)]
    [InlineData("br;q=0", ContentCoding.Identity)]
    [InlineData("br;q=0, gzip", ContentCoding.Gzip)]
    [InlineData("br;q=0, gzip;q=0", ContentCoding.Identity)]
    [InlineData("*", ContentCoding.Brotli)]
    [InlineData("*;q=0", ContentCoding.Identity)]
    [InlineData("*;q=0, gzip", ContentCoding.Gzip)]
    [InlineData("br;q=0, *", ContentCoding.Gzip)]
    [InlineData("gzip;q=0.5, *;q=0.8", ContentCoding.Brotli)]
    [InlineData("identity", ContentCoding.Identity)]
    [InlineData("identity, gzip;q=0.5", ContentCoding.Identity)]
    [InlineData("identity;q=0.5, gzip;q=0.5", ContentCoding.Gzip)]
    [InlineData("identity, *;q=0.5", ContentCoding.Identity)]
    [InlineData("identity;q=0, br;q=0.1", ContentCoding.Brotli)]
    [InlineData("identity;q=0", ContentCoding.Identity)]
    public void The_coding_that_the_client_likes_best_is_sent(string? acceptEncoding, ContentCoding expected) =>
        Assert.Equal(expected, ContentCodings.Choose(acceptEncoding));
}
