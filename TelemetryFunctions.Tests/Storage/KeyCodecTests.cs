using FsCheck;
using FsCheck.Fluent;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Storage;

public sealed class KeyCodecTests
{
    [Fact]
    public void Any_text_comes_back_from_its_key() => Prop.ForAll<NonNull<string>>(text =>
    {
        var whole = string.Concat(text.Get.EnumerateRunes());
        return KeyCodec.Decode(KeyCodec.Encode(text.Get)) == whole;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_has_only_characters_that_every_store_takes() => Prop.ForAll<NonNull<string>>(text =>
    {
        var key = KeyCodec.Encode(text.Get);
        return key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || "._-=ABCDEF".Contains(c));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_that_decodes_is_what_the_codec_makes_of_it() => Prop.ForAll<NonNull<string>>(key =>
        !KeyCodec.TryDecode(key.Get, out var text) || KeyCodec.Encode(text) == key.Get).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "")]
    [InlineData("abc-_.09", "abc-_.09")]
    [InlineData("A", "=41")]
    [InlineData("ü", "=C3=BC")]
    [InlineData("=~", "=3D=7E")]
    [InlineData("a/b 'c'%", "a=2Fb=20=27c=27=25")]
    [InlineData("😀", "=F0=9F=98=80")]
    public void Other_characters_are_written_as_their_bytes(string text, string key)
    {
        Assert.Equal(key, KeyCodec.Encode(text));
        Assert.Equal(text, KeyCodec.Decode(key));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("=")]
    [InlineData("=4")]
    [InlineData("=61")]
    [InlineData("=c3=bc")]
    [InlineData("=C3")]
    [InlineData("= 1")]
    [InlineData("a~b")]
    [InlineData("=ED=A0=80")]
    [InlineData("ü")]
    public void What_the_codec_does_not_make_is_no_key(string key)
    {
        Assert.False(KeyCodec.TryDecode(key, out _));
        Assert.Throws<FormatException>(() => KeyCodec.Decode(key));
    }
}
