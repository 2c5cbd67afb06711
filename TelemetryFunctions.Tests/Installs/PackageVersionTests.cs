using System.Text;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;

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
    [InlineData("dev-fix/(a|b)!")]
    [InlineData("dev-a=b")]
    [InlineData("dev-it's")]
    [InlineData("dev-größe")]
    [InlineData("dev-gro\u0308ße")]
    [InlineData("dev-日本語")]
    [InlineData("dev-🚀")]
    [InlineData("dev-<script>alert(1)</script>")]
    [InlineData("=1+1")]
    [InlineData("1.0 beta")]
    [InlineData("../1")]
    public void What_can_be_read_is_a_version(string sent) => Assert.Equal(sent, PackageVersion.Read(sent));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1.0 ")]
    [InlineData("1.0\n")]
    [InlineData("1.0\0")]
    [InlineData("dev-\u0085")]
    [InlineData("dev-\u202Egnp")]
    [InlineData("dev-\u200B")]
    [InlineData("dev-\u00A0")]
    [InlineData("dev-\u2028")]
    [InlineData("dev-\uE000")]
    [InlineData("dev-\uFFFF")]
    public void What_nobody_can_read_is_the_version_other(string sent) => Assert.Equal("other", PackageVersion.Read(sent));

    [Fact]
    public void Half_of_a_character_is_none() =>
        Assert.All(["dev-\uD83D", "dev-\uDE80x", "\uD83D\uD83D"], sent => Assert.Equal("other", PackageVersion.Read(sent)));

    [Fact]
    public void A_longer_version_than_fits_is_the_version_other()
    {
        var ascii = "dev-" + new string('x', PackageVersion.MaxLength - 4);
        Assert.Equal(ascii, PackageVersion.Read(ascii));
        Assert.Equal("other", PackageVersion.Read(ascii + "x"));

        var wide = new string('語', PackageVersion.MaxBytes / 3);
        Assert.Equal(wide, PackageVersion.Read(wide));
        Assert.Equal("other", PackageVersion.Read(wide + "語"));
    }

    [Theory]
    [InlineData('Ü')]
    [InlineData('語')]
    [InlineData('A')]
    public async Task The_longest_version_of_the_longest_name_fits_into_every_key_and_comes_back(char character)
    {
        var name = "v/" + new string('n', PackageName.MaxLength - 2);
        var version = new string(character, Math.Min(PackageVersion.MaxLength, PackageVersion.MaxBytes / Encoding.UTF8.GetByteCount([character])));
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 12, 10, 0, TimeSpan.Zero));
        var site = new InstallSite(new MemoryTableStore(clock), clock);
        await site.NotifyAsync(1, new Download(PackageName.Read(name)!, PackageVersion.Read(version)));
        clock.Advance(TimeSpan.FromHours(1));
        await site.RollUpAsync();

        Assert.Equal(version, Assert.Single(await site.ReadVersionsAsync(name)).Key);
        Assert.Equal(version, Assert.Single(await site.ReadPointsAsync(name, byVersion: true)).Key.Label);
    }
}
