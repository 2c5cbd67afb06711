using System.Text.RegularExpressions;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Svg;

/// <summary>The colours of drawings, seen with every kind of colour blindness.</summary>
public sealed partial class ChartStyleTests
{
    /// <summary>In OKLab, where 0.02 is a difference that one just notices.</summary>
    private const double Apart = 0.08;

    private const double ApartBesideEachOther = 0.15;

    // WCAG 2.2, 1.4.11 and 1.4.3.
    private const double OfGraphics = 3;
    private const double OfText = 4.5;

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Series_can_be_told_apart_and_seen(string theme)
    {
        var rules = Rules(theme);
        var series = Enumerable.Range(0, ChartStyle.Colors).Select(i => rules[ChartStyle.ClassOf(i)]).Prepend(rules[ChartStyle.ClassOf(null)]).ToList();

        Assert.All(series, color => Assert.True(ColourVision.Contrast(color, rules["ground"]) >= OfGraphics, color));
        Assert.All(["text", "quiet"], text => Assert.True(ColourVision.Contrast(rules[text], rules["ground"]) >= OfText, text));
        foreach (var sight in ColourVision.Sights)
        {
            foreach (var (i, color) in series.Index())
            {
                foreach (var (j, other) in series.Index().Skip(i + 1))
                {
                    var distance = ColourVision.Distance(color, other, sight);
                    Assert.True(distance >= (j == i + 1 ? ApartBesideEachOther : Apart), $"{color} and {other}, {sight}: {distance:F3}");
                }
            }
        }
    }

    [Fact]
    public void Where_no_theme_is_asked_for_the_reader_s_is_taken()
    {
        var preferred = ChartStyle.Of(ChartTheme.Preferred);

        Assert.Contains("@media (prefers-color-scheme:dark)", preferred, StringComparison.Ordinal);
        Assert.All([ChartTheme.Light, ChartTheme.Dark], theme => Assert.DoesNotContain("@media", ChartStyle.Of(theme), StringComparison.Ordinal));
        Assert.StartsWith(ChartStyle.Of(ChartTheme.Light), preferred, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Rules(string theme) =>
        Rule().Matches(ChartStyle.Of(Enum.Parse<ChartTheme>(theme, ignoreCase: true))).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["color"].Value);

    [GeneratedRegex(@"(?<=^|\}|\n)\.?(?<name>\w+)\{fill:(?<color>#[0-9a-f]{6})\}")]
    private static partial Regex Rule();
}
