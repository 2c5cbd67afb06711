using System.Globalization;
using System.Net;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// What Composer's clients install of a vendor: packages whose releases are taken up sooner by builds than by people, more from month to
/// month, and less at weekends. Made of fixed seeds: the same on the same day.
/// </summary>
internal sealed class DemoInstalls(InstallOptions options)
{
    /// <summary>Days with installs before today: they are rolled up by the hour, and half a year of them shows all there is to see.</summary>
    public const int Days = 182;

    private const int Seed = 20_261_127;
    private const int FirstInstallsADay = 12;
    private const int MoreInstallsADay = 24;
    private const double WeekendShare = 0.4;
    private const double CiShare = 0.45;
    private const double BranchShare = 0.02;

    private static readonly int[] Hours = [8, 16];

    private static readonly (string Name, int Major, int FirstMinor, int DaysBetweenMinors, double Share)[] Packages =
    [
        ("framework", 6, 2, 40, 0.9),
        ("console", 6, 2, 40, 0.55),
        ("http-client", 2, 9, 50, 0.5),
        ("queue", 1, 4, 70, 0.2),
        ("legacy-bridge", 0, 8, 120, 0.06),
    ];

    private static readonly (string Name, double Share)[] Platforms =
        [("Linux; 6.8.0", 0.62), ("Darwin; 24.1.0", 0.2), ("Windows NT; 10.0", 0.15), ("FreeBSD; 14.1", 0.03)];

    private static readonly int[] PhpMinors = [1, 2, 3, 4];

    // Whose packages are counted, where not all are.
    private readonly string _vendor = options.Vendors.Order(StringComparer.Ordinal).FirstOrDefault() ?? "example";

    /// <summary>The notifications of a day, oldest first.</summary>
    /// <param name="date">The day.</param>
    /// <param name="daysAgo">How many days it lies before today.</param>
    public IEnumerable<DemoNotification> On(DateOnly date, int daysAgo)
    {
        var day = Days - daysAgo;
        if (day < 0)
            return [];

        var random = new Random(Seed + day);
        var usual = FirstInstallsADay + MoreInstallsADay * day / Days;
        var count = (int)((date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekendShare : 1) * usual * (0.8 + 0.4 * random.NextDouble()));
        return [.. Enumerable.Range(0, count).Select(i => Draw(random, day, TimeSpan.FromHours(Hours[i * Hours.Length / count]))).Where(sent => sent.Downloads.Count > 0)];
    }

    private DemoNotification Draw(Random random, int day, TimeSpan time)
    {
        var isCi = random.NextDouble() < CiShare;

        // Builds take what is new at once.
        var known = Math.Max(0, day - (int)(-Math.Log(1 - random.NextDouble()) * (isCi ? 4 : 30)));
        var downloads = Packages.Where(package => random.NextDouble() < package.Share).Select(package => new Download(
            $"{_vendor}/{package.Name}",
            random.NextDouble() < BranchShare ? "dev-main" : Release(package.Major, package.FirstMinor, package.DaysBetweenMinors, known))).ToList();
        return new DemoNotification(time, Address(random), Agent(random, day, isCi), downloads);
    }

    /// <summary>A version as Composer sends it.</summary>
    private static string Release(int major, int firstMinor, int daysBetweenMinors, int known) => string.Create(
        CultureInfo.InvariantCulture, $"{major}.{firstMinor + known / daysBetweenMinors}.{known % daysBetweenMinors / 20}.0");

    private static string Agent(Random random, int day, bool isCi)
    {
        var draw = random.NextDouble();
        var platform = isCi ? Platforms[0] : Platforms.First(platform => (draw -= platform.Share) < 0 || platform == Platforms[^1]);
        var php = PhpMinors[Math.Clamp((int)(random.NextDouble() * 3 + 1.2 * day / Days), 0, PhpMinors.Length - 1)];
        return string.Create(CultureInfo.InvariantCulture, $"Composer/2.8.{random.Next(5)} ({platform.Name}; PHP 8.{php}.{random.Next(12)}; cURL 8.5.0{(isCi ? "; CI" : "")})");
    }

    /// <summary>One of those that are kept for documentation.</summary>
    private static IPAddress Address(Random random)
    {
        Span<byte> address = stackalloc byte[16];
        random.NextBytes(address);
        ((ReadOnlySpan<byte>)[0x20, 0x01, 0x0d, 0xb8]).CopyTo(address);
        return new IPAddress(address);
    }
}
