using Microsoft.Playwright;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What is on a canvas.</summary>
internal static class Drawing
{
    /// <summary>The colours of a canvas, most frequent first, without those of fewer than 20 pixels.</summary>
    public static Task<string[]> ColoursAsync(this ILocator canvas) => canvas.EvaluateAsync<string[]>(
        """
        (canvas) => {
          if (canvas.width === 0) return [];
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] < 255) continue;
            const colour = `rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`;
            counts.set(colour, (counts.get(colour) ?? 0) + 1);
          }
          return [...counts].filter(([, n]) => n >= 20).sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
        }
        """);

    /// <summary>A fingerprint of a canvas: other pixels, other text.</summary>
    public static Task<string> FingerprintAsync(this ILocator canvas) => canvas.EvaluateAsync<string>("canvas => canvas.toDataURL()");

    /// <summary>The colours in a legend, by label.</summary>
    public static async Task<Dictionary<string, string>> LegendAsync(this ILocator card)
    {
        var rows = await card.Locator(".legend button:has(bdi)").EvaluateAllAsync<string[][]>(
            "buttons => buttons.map(b => [b.querySelector('bdi').textContent, getComputedStyle(b.querySelector('.swatch')).backgroundColor])");
        return rows.ToDictionary(row => row[0], row => row[1]);
    }
}
