using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Tests.Reports;

public sealed class PrereleaseTests
{
    [Theory]
    [InlineData("3.22.0.dev0")]
    [InlineData("3.22.0.dev")]
    [InlineData("3.22.0a1")]
    [InlineData("3.22b2")]
    [InlineData("3.22.0rc1")]
    [InlineData("3.22.0RC1")]
    [InlineData("v3.22.0.alpha-1")]
    [InlineData("1!2.0rc1.post2.dev3+local.1")]
    [InlineData("1.0.post1.dev2")]
    [InlineData("1.0.0-alpha.1")]
    [InlineData("1.0.0-0.3.7+build")]
    [InlineData("1.0.0-x-y-z.--")]
    public void A_version_with_a_prerelease_or_dev_marker_is_a_prerelease(string version) => Assert.True(Prerelease.Is(version));

    [Theory]
    [InlineData("3.22.0")]
    [InlineData("3.22")]
    [InlineData("3")]
    [InlineData("3.22.0.post1")]
    [InlineData("3.22.0+local.1")]
    [InlineData("1.0.0+alpha")]
    [InlineData("1!2.0")]
    [InlineData("3.².1")]
    [InlineData("main")]
    [InlineData("dev")]
    [InlineData("3.22.0 rc1 of mine")]
    [InlineData("")]
    public void Anything_else_counts_as_released(string version) => Assert.False(Prerelease.Is(version));
}
