namespace TelemetryFunctions.Charts.Page;

/// <summary>A file of the page as it is sent: as it is, and compressed when the app was built.</summary>
/// <param name="Name">The file's name, which carries a hash of its content.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Identity">The bytes.</param>
/// <param name="Brotli">The bytes, compressed with brotli.</param>
/// <param name="Gzip">The bytes, compressed with gzip.</param>
public sealed record WebAsset(
    string Name,
    string ContentType,
    ReadOnlyMemory<byte> Identity,
    ReadOnlyMemory<byte> Brotli,
    ReadOnlyMemory<byte> Gzip)
{
    /// <summary>The path below the address of the site.</summary>
    public string Path => $"assets/{Name}";

    /// <summary>The bytes in an encoding.</summary>
    public ReadOnlyMemory<byte> In(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => Brotli,
        ContentCoding.Gzip => Gzip,
        _ => Identity,
    };
}
