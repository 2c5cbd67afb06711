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
    [InlineData("1.2.3 ", "1.2", "1.2.3")]
    [InlineData("1.2.3\n", "1.2", "1.2.3")]
    [InlineData("\t1.2.3\u00A0", "1.2", "1.2.3")]
    [InlineData(" V1.2.3", "1.2", "1.2.3")]
    [InlineData("1!2.3.4", "1!2.3", "1!2.3.4")]
    [InlineData("0!2.3.4rc1", "2.3", "2.3.4")]
    [InlineData("5:27.3.1-1~debian.12~bookworm", "5:27.3", "5:27.3.1")]
    [InlineData("1.1.1w", "1.1", "1.1.1")]
    [InlineData("9.6p1", "9.6", "9.6")]
    [InlineData("2024a1", "2024", "2024")]
    [InlineData("3-1", "3", "3")]
    [InlineData("3-rc1", "3", "3")]
    [InlineData("12-alpine", "12", "12")]
    [InlineData("20240501", "20240501", "20240501")]
    [InlineData("1.2.3.Final", "1.2", "1.2.3")]
    [InlineData("12.4.2.jre11", "12.4", "12.4.2")]
    [InlineData("1.0.x-dev", "1.0", "1.0")]
    [InlineData("4.18.0-553.5.1.el8_9", "4.18", "4.18.0")]
    [InlineData("v1.2.3-14-g2414721", "1.2", "1.2.3")]
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
    [InlineData("3f2a9c1")]
    [InlineData("3F2A9C1")]
    [InlineData("1234567a")]
    [InlineData("3b12345")]
    [InlineData("3e8")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("12345678-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("2024a")]
    [InlineData("2024b")]
    [InlineData("v2024a")]
    [InlineData("2024-05-01")]
    [InlineData("1.2.3f2a9c1")]
    [InlineData("1.2.3.3f2a9c1")]
    [InlineData("7th")]
    [InlineData("1.2.3 beta")]
    [InlineData("1!")]
    [InlineData("!2.3")]
    [InlineData("dev-master")]
    public void Anything_else_counts_under_its_literal_text(string version) =>
        Assert.Equal((version, version), (VersionLabel.Xy(version), VersionLabel.Xyz(version)));

    [Theory]
    [InlineData(" 3f2a9c1\n", "3f2a9c1")]
    [InlineData("main\r\n", "main")]
    public void The_literal_text_is_that_without_white_space_around_it(string version, string label) =>
        Assert.Equal((label, label), (VersionLabel.Xy(version), VersionLabel.Xyz(version)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void No_version_is_unknown(string version) => Assert.Equal("unknown", VersionLabel.Xy(version));
}
