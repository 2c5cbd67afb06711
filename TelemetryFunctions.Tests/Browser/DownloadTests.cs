using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class DownloadTests(Sites sites)
{
    [ChromiumFact]
    public async Task The_table_has_the_numbers_of_the_chart()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, "/?range=30d");
        var card = await visit.CardAsync("workers");
        await card.GetByText("Table").ClickAsync();
        var rows = card.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(30);
        var cells = await rows.First.Locator("th, td").AllTextContentsAsync();
        var document = JsonDocument.Parse(await sites.Demo.Client.GetStringAsync("/charts/workers")).RootElement;

        await Expect(card.Locator("caption")).ToContainTextAsync("Workers");
        var last = document.GetProperty("series").EnumerateArray()
            .Select(series => Math.Round(series.GetProperty("values").EnumerateArray().Last().GetDouble(), 1).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(last.Order(), cells.Skip(1).Order());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Csv_and_json_have_the_days_and_the_breakdown_that_are_shown()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, "/?range=30d&by:components%2Fcore=xyz");
        var card = await visit.CardAsync("components/core");
        await Expect(card.Locator(".files a").First).ToHaveAttributeAsync("href", new Regex("by=xyz"));
        var csv = await DownloadAsync(visit.Page, card, "CSV");
        var json = await DownloadAsync(visit.Page, card, "JSON");

        Assert.Equal(("components-core.csv", "components-core.json"), (csv.Name, json.Name));
        var lines = Encoding.UTF8.GetString(csv.Bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(31, lines.Length);
        Assert.Matches(@"^day,.*\d+\.\d+\.\d+", lines[0]);
        Assert.Equal(30, JsonDocument.Parse(json.Bytes).RootElement.GetProperty("times").GetArrayLength());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Png_is_a_picture_of_the_chart_with_its_title_and_legend()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        var box = (await card.Locator("canvas").BoundingBoxAsync())!;
        var (name, bytes) = await DownloadAsync(visit.Page, card, "PNG");

        Assert.Equal("components-core.png", name);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        var (width, height) = (ReadInt(bytes, 16), ReadInt(bytes, 20));
        // Twice as sharp as the page, with a margin and with a title above and a legend below.
        Assert.Equal(2 * ((int)box.Width + 48), width);
        Assert.InRange(height, 2 * ((int)box.Height + 60), 2 * ((int)box.Height + 260));
        Assert.True(bytes.Length > 5_000);
        visit.AssertQuiet();
    }

    private static int ReadInt(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset));

    private static async Task<(string Name, byte[] Bytes)> DownloadAsync(IPage page, ILocator card, string text)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => card.Locator(".files").GetByText(text, new() { Exact = true }).ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }
}
