using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>Noise in small counts: drawn once, of the promised size, and none unless it is asked for.</summary>
public sealed class PointNoiseTests
{
    private static readonly Window Day = Window.Day(TestSite.Noon);
    private static readonly SeriesKey Series = new("postgresql-versions");

    private readonly MemoryTableStore _store = new(TimeProvider.System);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Noise_is_two_sided_geometric(double epsilon)
    {
        await SeedAsync();
        const int Draws = 40_000;
        var points = Enumerable.Range(0, Draws).Select(i => new Point(Series, $"label {i}", 1_000)).ToList();

        var noise = (await AddAsync(Day, points, epsilon, 1_000_000)).CountBy(point => (int)point.Value - 1_000).ToDictionary();

        // Five deviations, which a right one passes in all but one of a million draws.
        var alpha = Math.Exp(-epsilon);
        for (var value = -8; value <= 8; value++)
        {
            var expected = Draws * (1 - alpha) / (1 + alpha) * Math.Pow(alpha, Math.Abs(value));
            Assert.InRange(noise.GetValueOrDefault(value), expected - 5 * Math.Sqrt(expected) - 1, expected + 5 * Math.Sqrt(expected) + 1);
        }

        // One system more or less changes how likely a published number is by no more than the factor that epsilon promises.
        Assert.All(Enumerable.Range(0, 2), value => Assert.InRange(noise[value] / (double)noise[value + 1], Math.Exp(epsilon) * 0.7, Math.Exp(epsilon) * 1.4));
    }

    [Fact]
    public async Task It_is_drawn_once_for_each_point_and_asked_again_it_is_the_same()
    {
        List<Point> points = [.. Enumerable.Range(0, 200).Select(i => new Point(Series, $"label {i}", 5)), .. Enumerable.Range(0, 200).Select(i => new Point(new SeriesKey("components", "xy", $"name {i}"), "1.0", 5))];

        var first = await AddAsync(Day, points, 1, 20);
        var second = await AddAsync(Day, [.. points.AsEnumerable().Reverse()], 1, 20);
        var nextDay = await AddAsync(Day.Next, points, 1, 20);
        var elsewhere = await new PointNoise(new SecretStore(new MemoryTableStore(TimeProvider.System)), ReportMetrics.Catalogue).AddAsync(Day, points, new NoiseOptions(1, 20), default);

        Assert.Equal(first, second.Reverse());
        Assert.True(Different(first, nextDay) > 100 && Different(first, elsewhere) > 100);
        Assert.Single(await _store.ScanAsync(SecretStore.Table, KeyRange.All).ToListAsync());
    }

    /// <summary>A day that is done again with one system less must not tell the difference.</summary>
    [Fact]
    public async Task A_count_that_changed_has_another_noise()
    {
        await SeedAsync();
        var points = Enumerable.Range(0, 200).Select(i => new Point(Series, $"label {i}", 10)).ToList();

        var first = await AddAsync(Day, points, 1, 20);
        var less = await AddAsync(Day, [.. points.Select(point => point with { Value = 9 })], 1, 20);

        Assert.True(first.Zip(less).Count(pair => pair.First.Value - pair.Second.Value != 1) > 80);
    }

    [Fact]
    public async Task Counts_stay_whole_and_are_never_below_0_and_large_ones_and_means_have_none()
    {
        await SeedAsync();
        List<Point> points = [.. Enumerable.Range(0, 2_000).Select(i => new Point(Series, $"label {i}", 1 + (i % 4))), new Point(Series, "large", 20), new Point(new SeriesKey("workers", "median"), "processes", 2.5)];

        var noisy = await AddAsync(Day, points, 0.2, 20);

        Assert.Equal(points[^2..], noisy.TakeLast(2));
        Assert.All(noisy.SkipLast(1), point => Assert.True(point.Value >= 0 && point.Value == Math.Floor(point.Value)));
        Assert.Contains(noisy, point => point.Value == 0);
    }

    /// <summary>What is stored is what is read: the true number is in no table, and no other form has another noise.</summary>
    [Fact]
    public async Task A_site_publishes_the_same_noise_in_every_form_and_has_none_unless_it_is_asked_for()
    {
        var exact = await PublishAsync();
        var noisy = await PublishAsync("--Telemetry:Privacy:Epsilon=0.1", "--Telemetry:Privacy:NoiseBelow=1000");

        Assert.Equal(exact, await PublishAsync());
        Assert.Equal("systems: 9", exact.Chart);
        Assert.Equal(9, exact.Stored);
        Assert.False(exact.HasSecret);
        Assert.NotEqual(9, noisy.Stored);
        Assert.Equal($"systems: {noisy.Stored}", noisy.Chart);
        Assert.Contains($",{noisy.Stored}\r\n", noisy.Csv, StringComparison.Ordinal);
        Assert.True(noisy.HasSecret);
        Assert.Contains("random number", noisy.Catalogue, StringComparison.Ordinal);
        Assert.DoesNotContain("random number", exact.Catalogue, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Epsilon", "0", "Telemetry__Privacy__Epsilon is \"0\"; it must be a number from 0.01 to 7, such as 1.")]
    [InlineData("Epsilon", "one", "Telemetry__Privacy__Epsilon is \"one\"; it must be a number from 0.01 to 7, such as 1.")]
    [InlineData("NoiseBelow", "1", "Telemetry__Privacy__NoiseBelow is \"1\"; it must be a whole number from 2 to 1000000.")]
    [InlineData("NoiseBelow", "50", "there is no noise without Telemetry__Privacy__Epsilon")]
    public void A_setting_that_can_not_be_used_says_what_it_wants(string name, string value, string error)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Telemetry:Privacy:{name}", value)]).Build();

        Assert.Contains(error, Assert.Throws<StartupException>(() => NoiseOptions.Read(configuration)).Message, StringComparison.Ordinal);
    }

    private static async Task<(string Chart, string Csv, string Catalogue, double Stored, bool HasSecret)> PublishAsync(params string[] settings)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", .. settings]);

        // A secret that is known, so that the noise is.
        if (settings.Length > 0)
            await site.Store.UpsertAsync(SecretStore.Table, [SecretStore.RowOf("points", "noise", new byte[SecretStore.Bytes])]);
        for (var system = 0; system < 9; system++)
            (await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}"}""")).EnsureSuccessStatusCode();
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        var points = await site.Store.ScanAsync(PointStore.Summary, KeyRange.Partition("active-systems")).ToListAsync();
        return (
            await site.ValuesAsync("active-systems"),
            await site.GetAsync("/charts/active-systems?format=csv"),
            await site.GetAsync("/catalogue"),
            Assert.Single(points).Cells[0].Number,
            await site.Store.ScanAsync(SecretStore.Table, KeyRange.Partition("points")).AnyAsync());
    }

    private static int Different(IReadOnlyList<Point> first, IReadOnlyList<Point> second) => first.Zip(second).Count(pair => pair.First.Value != pair.Second.Value);

    /// <summary>A secret that is the same in every run of the tests.</summary>
    private Task SeedAsync() => _store.UpsertAsync(SecretStore.Table, [SecretStore.RowOf("points", "noise", new byte[SecretStore.Bytes])]);

    private Task<IReadOnlyList<Point>> AddAsync(Window window, IReadOnlyList<Point> points, double epsilon, int below) =>
        new PointNoise(new SecretStore(_store), ReportMetrics.Catalogue).AddAsync(window, points, new NoiseOptions(epsilon, below), default);
}
