using Google.Protobuf;
using TelemetryFunctions.Installs.Schema;

namespace TelemetryFunctions.Installs;

/// <summary>What is published of the clients that install: shares of platforms and of versions of PHP.</summary>
public sealed record AgentShares(ShareChart Platforms, ShareChart Php)
{
    private const long Folded = -1;

    public static readonly AgentShares None = new(ShareChart.Empty, ShareChart.Empty);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static AgentShares Parse(byte[] bytes)
    {
        var shares = PublishedShares.Parser.ParseFrom(bytes);
        return new AgentShares(Unpack(shares.Platforms), Unpack(shares.Php));
    }

    public byte[] ToBytes() => new PublishedShares { Platforms = Pack(Platforms), Php = Pack(Php) }.ToByteArray();

    private static PublishedShareChart Pack(ShareChart chart) => new()
    {
        Step = (int)chart.Step,
        Starts = { chart.Starts.Select(start => start.DayNumber) },
        Series = { chart.Series.Select(series => new PublishedShareSeries { Label = series.Label, Values = { series.Values.Select(value => value ?? Folded) } }) },
    };

    private static ShareChart Unpack(PublishedShareChart? chart) => chart is null ? ShareChart.Empty : new(
        (ChartStep)chart.Step,
        [.. chart.Starts.Select(DateOnly.FromDayNumber)],
        [.. chart.Series.Select(series => new ShareSeries(series.Label, [.. series.Values.Select(value => value == Folded ? (long?)null : value)]))]);
}

/// <summary>Makes the shares of what was counted.</summary>
public sealed class AgentShareBuilder(AgentStore agents, InstallOptions options)
{
    /// <param name="last">The last day that is counted.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AgentShares> BuildAsync(DateOnly last, CancellationToken cancellation)
    {
        var days = await agents.ReadAsync(cancellation).ToListAsync(cancellation);
        return new AgentShares(
            Build(counts => counts.Platforms),
            Build(counts => counts.Php));

        ShareChart Build(Func<AgentCounts, IDictionary<string, long>> labels) =>
            ShareChart.Build([.. days.Select(day => (day.Day, labels(day.Counts)))], last, options.MinimumLabelInstalls);
    }
}
