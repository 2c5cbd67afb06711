using TelemetryFunctions.Charts.Overview;

namespace TelemetryFunctions.Tests.Charts.Overview;

public sealed class VersionRunsTests
{
    [Theory]
    [InlineData("3.21", true)]
    [InlineData("3.21.4", true)]
    [InlineData("3", false)]
    [InlineData("3.x", false)]
    [InlineData("3.1–3.4", false)]
    [InlineData("1234567890.1", false)]
    [InlineData("", false)]
    public void A_version_is_two_to_four_numbers(string label, bool isVersion) => Assert.Equal(isVersion, VersionRuns.Parse(label) is not null);

    [Theory]
    [InlineData("1.0=9 1.1=1 1.2=1 1.3=9", 3, "1.0 1.1–1.2 1.3")]
    [InlineData("1.0=5 1.1=5 2.0=5 2.1=5 2.2=5", 3, "1.0–1.1 2.0–2.1 2.2")]
    [InlineData("1.0=9 1.1=9 1.2=9 1.3=0", 2, "1.0–1.2 1.3")]
    [InlineData("1.0.0=4 1.0.1=4 1.1.0=4 1.1.1=4 1.2.0=1", 3, "1.0.0–1.0.1 1.1.0–1.1.1 1.2.0")]
    [InlineData("1.0=1 1.1=1", 9, "1.0 1.1")]
    [InlineData("", 3, "")]
    public void The_smallest_neighbours_of_a_release_line_are_joined_and_the_newest_is_not(string sizes, int most, string runs)
    {
        var versions = sizes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(size => size.Split('=')).ToList();
        var starts = VersionRuns.Join(
            [.. versions.Select(version => VersionRuns.Parse(version[0])!)],
            [.. versions.Select(version => double.Parse(version[1], System.Globalization.CultureInfo.InvariantCulture))],
            most);

        var labels = starts.Select((start, i) => VersionRuns.Label(versions[start][0], versions[(i + 1 < starts.Count ? starts[i + 1] : versions.Count) - 1][0]));
        Assert.Equal(runs, string.Join(' ', labels));
    }
}
