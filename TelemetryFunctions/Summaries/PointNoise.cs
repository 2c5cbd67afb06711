using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// Adds noise to small counts before they are written, so that the true number is stored nowhere and every form says the same. The noise of a point is drawn by a
/// secret of the site: asked again, or summarized again, it is the same.
/// </summary>
/// <remarks>
/// The two-sided geometric mechanism of Ghosh, Roughgarden and Sundararajan (https://doi.org/10.1137/09076828X): the difference of two geometric numbers with the
/// parameter e^-epsilon, then none below 0. docs/privacy.md says what that promises and what it does not.
/// </remarks>
public sealed class PointNoise(SecretStore secrets, MetricCatalogue catalogue)
{
    private const string Partition = "points";
    private const string Key = "noise";

    private byte[]? _secret;

    /// <summary>The points of a window as they are to be published.</summary>
    /// <param name="window">The window.</param>
    /// <param name="points">Its points.</param>
    /// <param name="options">How much noise there is; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Point>> AddAsync(Window window, IReadOnlyList<Point> points, NoiseOptions? options, CancellationToken cancellation)
    {
        if (options is null)
            return points;

        var secret = _secret ??= await secrets.FindOrAddAsync(Partition, Key, cancellation);
        return [.. points.Select(point => IsSmallCount(point, options) ? point with { Value = Math.Max(0, point.Value + Draw(secret, window, point, options)) } : point)];
    }

    // Sums and means are no counts of systems.
    private bool IsSmallCount(Point point, NoiseOptions noise) => point.Value < noise.Below && catalogue.Find(point.Series.Metric)?.Kind.AbsentIsZero is true;

    /// <summary>The noise of a point. A count that is another one when the window is done again has a noise of its own: the difference would tell how much it changed.</summary>
    private static double Draw(byte[] secret, Window window, Point point, NoiseOptions noise)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{point.Series.Partition}\n{window.Start.ToUnixTimeMilliseconds()}\n{point.Value}\n{point.Label}");
        var random = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(what));
        return Geometric(random, noise.Epsilon) - Geometric(random.AsSpan(sizeof(ulong)), noise.Epsilon);
    }

    /// <summary>How often something fails that succeeds with the probability 1 - e^-epsilon, before it succeeds.</summary>
    private static double Geometric(ReadOnlySpan<byte> random, double epsilon)
    {
        // From just over 0 to 1, in steps of 2^-53.
        var uniform = ((BinaryPrimitives.ReadUInt64BigEndian(random) >> 11) + 1) * Math.Pow(2, -53);
        return Math.Floor(-Math.Log(uniform) / epsilon);
    }
}
