using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Net;
using System.Text.RegularExpressions;
using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Charts.Preview;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Preview;

/// <summary><c>GET /preview.png</c>, and what the page says of it.</summary>
public sealed partial class PreviewTests : IDisposable
{
    private static readonly Rgb Accent = new(0x1D, 0x5F, 0xB3);
    private static readonly Rgb Ink = new(0x14, 0x14, 0x0F);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void It_is_a_PNG_of_the_pixels_that_were_drawn()
    {
        var picture = PreviewPicture.Draw([1, 2, null, 4, 3]);

        var (width, height, pixels) = Decode(PngWriter.Write(picture));

        Assert.Equal((1200, 630), (width, height));
        Assert.Equal(picture.Pixels, pixels);
    }

    [Fact]
    public void It_shows_the_course_and_the_number()
    {
        var colors = Colors(PreviewPicture.Draw([1, 2, 3]));

        Assert.Equal(Rgb.White, colors[0]);
        Assert.Contains(Accent, colors);
        Assert.Contains(Ink, colors);

        // The line ends at the top right of the curve, and begins at a third of its height.
        Assert.Equal(Accent, colors[270 * 1200 + 1127]);
        Assert.Equal(Accent, colors[462 * 1200 + 73]);
    }

    [Fact]
    public void Without_a_number_nothing_is_claimed()
    {
        foreach (var values in new double?[][] { [], [null, null] })
            Assert.DoesNotContain(Colors(PreviewPicture.Draw(values)), color => color == Accent || color == Ink);
        Assert.Contains(Accent, Colors(PreviewPicture.Draw([5])));
        Assert.Contains(Ink, Colors(PreviewPicture.Draw([0, 0])));
    }

    [Fact]
    public void Every_digit_has_its_own_lines_inside_its_box()
    {
        var shapes = "0123456789,.M".Select(digit => Digits.LinesOf(digit.ToString(), 0, 0, 100).SelectMany(line => line).ToList()).ToList();

        Assert.Distinct(shapes.Select(shape => string.Join(' ', shape)));
        Assert.All(shapes, shape => Assert.All(shape, point => Assert.True(point is { X: >= -2 and <= 82, Y: >= -2 and <= 115 })));
        Assert.NotEmpty(Digits.LinesOf("1,234,567", 0, 0, 1));
    }

    [Fact]
    public async Task The_page_tells_networks_where_it_is_and_they_find_it_there()
    {
        await using var site = await StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "telemetry.example.org" } };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var page = await site.Client.SendAsync(request);
        var tags = Tag().Matches(await page.Content.ReadAsStringAsync())
            .ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["content"].Value));

        Assert.Equal("https://telemetry.example.org/", tags["og:url"]);
        Assert.Equal("https://telemetry.example.org/preview.png", tags["og:image"]);
        Assert.Equal("Acme & Sons telemetry", tags["og:title"]);
        using var picture = await site.Client.GetAsync(new Uri(tags["og:image"]).AbsolutePath);
        var (width, height, _) = Decode(await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal((tags["og:image:type"], tags["og:image:width"], tags["og:image:height"]), (picture.Content.Headers.ContentType!.MediaType, $"{width}", $"{height}"));

        // Nobody else's host is in the page that comes next.
        Assert.DoesNotContain("example.org", await site.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again_until_the_next_day()
    {
        await using var site = await StartAsync();
        using var first = await site.Client.GetAsync("/preview.png");
        var again = new HttpRequestMessage(HttpMethod.Get, "/preview.png");
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, (await site.Client.SendAsync(again)).StatusCode);
        Assert.NotNull(first.Headers.CacheControl!.MaxAge);
    }

    private async Task<TestSite> StartAsync()
    {
        var site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:Product=Acme & Sons"]);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        return site;
    }

    private static List<Rgb> Colors(Raster picture) => [.. picture.Pixels.Chunk(3).Select(pixel => new Rgb(pixel[0], pixel[1], pixel[2]))];

    private static (int Width, int Height, byte[] Pixels) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.Equal(Crc32.HashToUInt32(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([8, 2, 0, 0, 0], chunks["IHDR"][8..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
            zlib.CopyTo(rows);
        var pixels = rows.ToArray().Chunk(3 * width + 1).SelectMany(row =>
        {
            Assert.Equal(1, row[0]);
            for (var i = 4; i < row.Length; i++)
                row[i] += row[i - 3];
            return row[1..];
        });
        return (width, height, [.. pixels]);
    }

    [GeneratedRegex("<meta (?:property|name)=\"(?<name>(?:og|twitter):[a-z:]+)\" content=\"(?<content>[^\"]*)\">")]
    private static partial Regex Tag();
}
