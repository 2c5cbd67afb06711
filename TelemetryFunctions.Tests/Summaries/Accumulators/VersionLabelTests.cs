using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class VersionLabelTests
{
    [Theory]
    [InlineData("3.21.4", "3.21", "3.21.4")]
    [InlineData("3.21.4.post1", "3.21", "3.21.4")]
    [InlineData("3.21.0rc1", "3.21", "3.21.0")]
    [InlineData("3.21.4.7", "3.21", "3.21.4")]
    [InlineData("3.21", "3.21", "3.21")]
    [InlineData("3.21.dev0", "3.21", "3.21")]
    [InlineData("3", "3", "3")]
    [InlineData("v1.2.3", "1.2", "1.2.3")]
    [InlineData("1.2.3-beta+b.1", "1.2", "1.2.3")]
    [InlineData("24.04", "24.04", "24.04")]
    public void A_version_counts_under_its_first_numbers(string version, string xy, string xyz) =>
        Assert.Equal((xy, xyz), (VersionLabel.Xy(version), VersionLabel.Xyz(version)));

    [Theory]
    [InlineData("3.².1")]
    [InlineData("main")]
    [InlineData("3..1")]
    [InlineData("3.")]
    [InlineData("3 21")]
    [InlineData("<script>")]
    [InlineData("-1.2")]
    public void Anything_else_counts_under_its_literal_text(string version) =>
        Assert.Equal((version, version), (VersionLabel.Xy(version), VersionLabel.Xyz(version)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void No_version_is_unknown(string version) => Assert.Equal("unknown", VersionLabel.Xy(version));
}
