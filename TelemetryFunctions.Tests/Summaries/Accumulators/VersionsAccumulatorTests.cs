using System.Runtime.CompilerServices;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

/// <summary>Versions are counted by what they are called, and whoever invents some fills no memory.</summary>
public sealed class VersionsAccumulatorTests
{
    [Fact]
    public void A_text_that_is_longer_than_a_label_is_counted_and_not_kept()
    {
        var versions = new VersionsAccumulator(Observations.Field("components"));

        var longest = AddLong(versions);
        versions.Add(ReportBuilder.Report(2, ("core", "3.21.5")));
        GC.Collect();

        Assert.False(longest.TryGetTarget(out _));
        Assert.Equal(
            [("3.21", 2.0)],
            versions.Points("m", new LabelBounds(1)).Where(point => point.Series == new SeriesKey("m", VersionsAccumulator.ByXy, "core")).Select(point => (point.Label, point.Value)));
    }

    /// <remarks>By itself, so that nothing of it is left on the stack.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<string> AddLong(VersionsAccumulator versions)
    {
        var version = "3.21.4.post1+" + new string('x', 60_000);
        versions.Add(ReportBuilder.Report(1, ("core", version)));
        return new WeakReference<string>(version);
    }
}
