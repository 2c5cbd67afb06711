using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Demo;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Example;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

public sealed class SampledValuesTests
{
    private static readonly Guid System = new("6c2c5f6e-6f0e-4ae5-9a5c-0c1f3d7d2a01");

    [Fact]
    public void With_the_shipped_catalogue_what_the_fleet_says_stays_and_nothing_is_missing()
    {
        var catalogue = ReportMetrics.Catalogue;
        var report = new DemoFleet(30, catalogue).ReportsOn(30).First().Report;
        var completed = report.Clone();

        new SampledValues(catalogue, report, "system_id").Complete(completed, System, 0.5);

        var fields = catalogue.Metrics.Where(metric => metric.Field is not null).Select(metric => Assert.IsType<FieldPath>(metric.Field)).ToList();
        Assert.All(fields, field => Assert.NotNull(field.Read(completed)));
        Assert.All(fields.Where(field => field.Read(report) is not null), field => Assert.Equal(field.Read(report), field.Read(completed)));
        Assert.Null(completed.Properties);
    }

    [Fact]
    public void Fields_of_a_schema_that_the_fleet_does_not_know_are_drawn_by_their_types()
    {
        var report = new ExampleReport();
        var values = new SampledValues(
            new MetricCatalogue(
            [
                Metric("channel", MetricKind.CountBy),
                Metric("clustered", MetricKind.CountBy),
                Metric("edition", MetricKind.CountBy),
                Metric("mixed.one", MetricKind.Mean),
            ]),
            report,
            "system_id");

        values.Complete(report, System, 0);

        Assert.True(report is { HasChannel: true, HasClustered: true, HasEdition: true, Mixed.HasOne: true });
    }

    [Fact]
    public void A_field_that_no_metric_reads_is_not_sent()
    {
        var report = new Report { SystemId = System.ToString(), PostgresqlVersion = 160004, RbacStats = new RbacStats { Users = 3 } };

        new SampledValues(new MetricCatalogue([Metric("rbac_stats.users", MetricKind.Histogram, Report.Descriptor)]), report, "system_id").Complete(report, System, 0);

        Assert.Equal(new Report { SystemId = System.ToString(), RbacStats = new RbacStats { Users = 3 } }, report);
    }

    private static Metric Metric(string name, MetricKind kind, Google.Protobuf.Reflection.MessageDescriptor? report = null)
    {
        Assert.True(FieldPath.TryFind(name, report ?? ExampleReport.Descriptor, out var field, out var error), error);
        return new Metric("m", name, "g", "systems", kind, field);
    }
}
