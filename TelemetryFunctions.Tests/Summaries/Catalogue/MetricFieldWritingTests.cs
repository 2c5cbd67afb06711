using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Example;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

/// <summary>What a sample's value becomes in a report.</summary>
public sealed class MetricFieldWritingTests
{
    [Fact]
    public void A_value_takes_the_place_of_the_one_before_and_leaves_the_rest()
    {
        var report = new Report { RbacStats = new RbacStats { Users = 1, Groups = 2 }, Components = { new Component { Name = "old", Version = "1" } } };

        Assert.True(Path("rbac_stats.users").TryWrite(report, Value.ForNumber(7)));
        Assert.True(Path("components").TryWrite(report, Map(("core", "1.2.0"))));

        Assert.Equal(
            new Report { RbacStats = new RbacStats { Users = 7, Groups = 2 }, Components = { new Component { Name = "core", Version = "1.2.0" } } }, report);
    }

    [Fact]
    public void What_the_field_can_not_have_leaves_the_report_as_it_is()
    {
        var report = new Report { PostgresqlVersion = 160004 };
        var before = report.Clone();

        foreach (var value in new[] { Value.ForString("x"), Value.ForNumber(-1), Value.ForNumber(0.5), Value.ForNumber(4294967296), Value.ForList(Value.ForNumber(1)) })
            Assert.False(Path("postgresql_version").TryWrite(report, value), value.ToString());
        Assert.False(Path("channel", ExampleReport.Descriptor).TryWrite(new ExampleReport(), Value.ForString("\ud800")));

        Assert.Equal(before, report);
    }

    [Fact]
    public void Properties_lie_beside_and_below_each_other()
    {
        var report = new Report();
        var versions = Map(("core", "1.2.0"));
        var given = versions.Clone();

        Assert.True(Property("properties.a").TryWrite(report, versions));
        Assert.True(Property("properties.a.size").TryWrite(report, Value.ForNumber(3)));
        Assert.True(Property("properties.b").TryWrite(report, Value.ForString("text")));
        Assert.False(Property("properties.b.size").TryWrite(report, Value.ForNumber(3)));

        Assert.Equal("""{"properties":{"a":{"core":"1.2.0","size":3},"b":"text"}}""", report.ToString().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(given, versions);
    }

    private static FieldPath Path(string name, MessageDescriptor? report = null)
    {
        Assert.True(FieldPath.TryFind(name, report ?? Report.Descriptor, out var path, out var error), error);
        return path;
    }

    private static PropertyField Property(string name)
    {
        Assert.True(PropertyField.TryFind(name, "Title", Report.Descriptor, out var property, out var error), error);
        return property;
    }

    private static Value Map(params (string Name, string Version)[] versions)
    {
        var map = new Struct();
        foreach (var (name, version) in versions)
            map.Fields[name] = Value.ForString(version);
        return Value.ForStruct(map);
    }
}
