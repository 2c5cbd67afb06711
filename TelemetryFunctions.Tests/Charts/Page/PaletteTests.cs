using System.Text.RegularExpressions;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Page;

/// <summary>The colours of versions, seen with every kind of colour blindness.</summary>
public sealed partial class PaletteTests
{
    [Theory]
    [InlineData("light", "trichromacy")]
    [InlineData("light", "protanopia")]
    [InlineData("light", "deuteranopia")]
    [InlineData("light", "tritanopia")]
    [InlineData("dark", "trichromacy")]
    [InlineData("dark", "protanopia")]
    [InlineData("dark", "deuteranopia")]
    [InlineData("dark", "tritanopia")]
    public void Versions_that_follow_each_other_can_be_told_apart(string theme, string sight)
    {
        var hues = Hues(theme);

        Assert.Equal(20, hues.Distinct().Count());
        foreach (var (a, b) in hues.Zip(hues.Skip(1).Append(hues[0])))
            Assert.True(ColourVision.Distance(a, b, sight) >= ColourVision.Apart, $"{a} and {b}: {ColourVision.Distance(a, b, sight):F3}");
    }

    private static List<string> Hues(string theme)
    {
        var source = Repository.Read("TelemetryFunctions", "web", "src", "palette.ts");
        var list = Regex.Match(source, $@"hues = {{.*?\b{theme}: \[(.*?)\]", RegexOptions.Singleline).Groups[1].Value;
        return [.. Colour().Matches(list).Select(match => match.Value)];
    }

    [GeneratedRegex("#[0-9a-f]{6}")]
    private static partial Regex Colour();
}
