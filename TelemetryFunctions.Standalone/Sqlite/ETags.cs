using System.Globalization;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>ETags are random, so that a row deleted and written again never carries an old one.</summary>
internal static class ETags
{
    public static long Next() => Random.Shared.NextInt64();

    public static string Format(long etag) => etag.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryParse(string etag, out long value) =>
        long.TryParse(etag, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
