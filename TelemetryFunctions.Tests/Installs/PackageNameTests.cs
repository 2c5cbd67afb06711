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
    public void A_name_by_Composers_rule_is_taken(string name) => Assert.True(PackageName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("akismet")]
    [InlineData("a/b/c")]
    [InlineData("/b")]
    [InlineData("a/")]
    [InlineData("../x")]
    [InlineData("a/..")]
    [InlineData("a/b\n")]
    [InlineData("Wp-Plugin/Akismet")]
    [InlineData("a--b/c")]
    [InlineData("a/b---c")]
    [InlineData("a/-b")]
    [InlineData("a/b-")]
    [InlineData("a b/c")]
    [InlineData("<b>/x")]
    [InlineData("a/ü")]
    [InlineData("a/b.json")]
    [InlineData("con/x")]
    [InlineData("x/lpt1")]
    [InlineData("a/b~c")]
    public void Any_other_name_is_not(string name) => Assert.False(PackageName.IsValid(name));

    [Fact]
    public void A_name_is_bounded()
    {
        Assert.True(PackageName.IsValid("a/" + new string('b', PackageName.MaxLength - 2)));
        Assert.False(PackageName.IsValid("a/" + new string('b', PackageName.MaxLength - 1)));
    }

    [Fact]
    public void A_name_that_invites_backtracking_is_refused_all_the_same() =>
        Assert.False(PackageName.IsValid(string.Concat(Enumerable.Repeat("a", 180)) + "!"));
}
