using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

/// <summary>Systems that are alike may be added one by one or all at once.</summary>
public sealed class WeightTests
{
    [Fact]
    public void So_many_systems_at_once_give_what_each_of_them_gives()
    {
        Assert.All(ReportMetrics.Catalogue.Metrics, metric =>
        {
            var (single, weighted) = (metric.Accumulate(), metric.Accumulate());
            for (var kind = 1; kind <= 6; kind++)
            {
                var report = Report(kind);
                weighted.Add(new Observation(report, kind * kind, kind * 3));
                for (var system = 0; system < kind * 3; system++)
                    single.Add(new Observation(report, kind * kind));
            }

            var points = single.Points(metric.Id, new LabelBounds(4)).ToList();
            Assert.NotEmpty(points);
            Assert.Equal(points, weighted.Points(metric.Id, new LabelBounds(4)));
        });
    }

    private static Report Report(int kind)
    {
        var number = (uint)kind;
        var report = ReportBuilder.Report(kind, ("core", $"3.{kind / 2}.{kind}"), ("file", "1.0"));
        report.OnlineWorkers = new ProcessStats { Processes = number, Hosts = 1 };
        report.OnlineContentApps = new ProcessStats { Processes = 2 };
        report.PostgresqlVersion = 160_000 + number / 3;
        report.RbacStats = new RbacStats { Users = number, Groups = 0, Domains = number, CustomAccessPolicies = 1, CustomRoles = number * number };
        return report;
    }
}
