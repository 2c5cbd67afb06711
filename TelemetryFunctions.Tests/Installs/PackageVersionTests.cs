using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class PackageVersionTests
{
    [Theory]
    [InlineData("5.0.0.0", "5.0.0")]
    [InlineData("5.0.0", "5.0.0")]
    [InlineData("v5.0.0", "5.0.0")]
    [InlineData("10.20.30.0", "10.20.30")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("1.0.0.0-beta1", "1.0.0-beta1")]
    [InlineData("2.0.0.0-RC2", "2.0.0-RC2")]
    [InlineData("dev-main", "dev-main")]
    [InlineData("dev-feature/a#1", "dev-feature/a#1")]
    [InlineData("9999999-dev", "dev-master")]
    [InlineData("2.9999999.9999999.9999999-dev", "2.x-dev")]
    [InlineData("2.1.9999999.9999999-dev", "2.1.x-dev")]
    [InlineData("20230101", "20230101")]
    public void A_version_is_shown_as_people_write_it(string sent, string shown) => Assert.Equal(shown, PackageVersion.Read(sent));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1.0 beta")]
    [InlineData("<script>")]
    [InlineData("1\"onmouseover=x")]
    [InlineData("1.0\n")]
    [InlineData("1.0ü")]
    [InlineData("../1")]
    public void What_is_no_version_is_refused(string sent) => Assert.Null(PackageVersion.Read(sent));

    [Fact]
    public void A_version_has_at_most_64_characters()
    {
        Assert.NotNull(PackageVersion.Read(new string('1', 64)));
        Assert.Null(PackageVersion.Read(new string('1', 65)));
    }
}
