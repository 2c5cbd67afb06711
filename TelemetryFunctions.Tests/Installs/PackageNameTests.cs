using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class PackageNameTests
{
    [Theory]
    [InlineData("wp-plugin/akismet")]
    [InlineData("a/b")]
    [InlineData("symfony/polyfill-mbstring")]
    [InlineData("a.b_c-d/e.f_g--h")]
    [InlineData("0/1")]
    public void A_name_by_Composers_rule_is_taken(string name) => Assert.Equal(name, PackageName.Read(name));

    [Theory]
    [InlineData("natxet/CssMin", "natxet/cssmin")]
    [InlineData("Wp-Plugin/Akismet", "wp-plugin/akismet")]
    [InlineData("DOCTRINE/ORM", "doctrine/orm")]
    public void A_name_is_the_same_in_upper_and_lower_case(string sent, string name) => Assert.Equal(name, PackageName.Read(sent));

    [Theory]
    [InlineData("WP-Plugin", "wp-plugin")]
    [InlineData("wp-theme", "wp-theme")]
    [InlineData("wp/plugin", null)]
    [InlineData("Con", null)]
    [InlineData("", null)]
    public void A_vendor_is_what_can_stand_before_the_slash(string vendor, string? name) => Assert.Equal(name, PackageName.ReadVendor(vendor));

    [Theory]
    [InlineData("")]
    [InlineData("akismet")]
    [InlineData("a/b/c")]
    [InlineData("/b")]
    [InlineData("a/")]
    [InlineData("../x")]
    [InlineData("a/..")]
    [InlineData("a/b\n")]
    [InlineData("a--b/c")]
    [InlineData("a/b---c")]
    [InlineData("a/-b")]
    [InlineData("a/b-")]
    [InlineData("a b/c")]
    [InlineData("<b>/x")]
    [InlineData("a/ü")]
    [InlineData("a/b.json")]
    [InlineData("a/B.JSON")]
    [InlineData("CON/x")]
    [InlineData("a/\u212Aelvin")]
    [InlineData("a/\u0130")]
    [InlineData("con/x")]
    [InlineData("x/lpt1")]
    [InlineData("a/b~c")]
    public void Any_other_name_is_not(string name) => Assert.Null(PackageName.Read(name));

    [Fact]
    public void A_name_is_bounded()
    {
        Assert.NotNull(PackageName.Read("a/" + new string('b', PackageName.MaxLength - 2)));
        Assert.Null(PackageName.Read("a/" + new string('b', PackageName.MaxLength - 1)));
    }

    [Fact]
    public void A_name_that_invites_backtracking_is_refused_all_the_same() =>
        Assert.Null(PackageName.Read(string.Concat(Enumerable.Repeat("a", 180)) + "!"));
}
