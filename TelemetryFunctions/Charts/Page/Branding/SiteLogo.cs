namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>A site's own picture, checked: it can't do more than be looked at.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Width">Its width for its height, in whatever unit.</param>
/// <param name="Height">Its height.</param>
public sealed record SiteLogo(ReadOnlyMemory<byte> Bytes, string ContentType, double Width, double Height)
{
    /// <summary>What every page carries along should be small.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Wanted = "the path of an SVG or PNG file that can be read";

    /// <summary>The name of the asset, before the hash of its content is in it.</summary>
    public string FileName => ContentType == PngFile.ContentType ? "logo.png" : "logo.svg";

    /// <exception cref="StartupException">The file can't be read, or is no picture that may be shown.</exception>
    internal static SiteLogo Read(SiteValue value)
    {
        var bytes = ReadFile(value);
        var logo = PngFile.IsPng(bytes) ? PngFile.Read(bytes, out var error) : SvgFile.Read(bytes, out error);
        return logo ?? throw value.Unusable($"{Wanted}, and {error}");
    }

    private static byte[] ReadFile(SiteValue value)
    {
        try
        {
            var path = Path.Combine(value.Directory, value.Text);
            return new FileInfo(path).Length is var length && length <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw value.Unusable(FormattableString.Invariant($"{Wanted}, of at most {MaxBytes / 1024} KiB; it has {length:N0} bytes"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw value.Unusable($"{Wanted} ({e.Message})");
        }
    }
}
