using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class CountByAccumulatorTests
{
    private static CountByAccumulator Lists()
    {
        Assert.True(PropertyField.TryFind("properties.things", "Things", Report.Descriptor, out var field, out _));
        return new(field, LabelFormat.Plain);
    }

    private static Report ListOf(params string[] things) => new()
    {
        Properties = new Struct { Fields = { ["things"] = Value.ForList([.. things.Select(Value.ForString)]) } },
    };

    private static CountByAccumulator Postgresql => new(Observations.Field("postgresql_version"), LabelFormat.LibpqVersion);

    [Theory]
    [InlineData(90624u, "9.6.24")]
    [InlineData(160004u, "16.4")]
    [InlineData(100000u, "10.0")]
    [InlineData(99999u, "9.99.99")]
    [InlineData(170010u, "17.10")]
    [InlineData(0u, "Unknown")]
    [InlineData(uint.MaxValue, "429496.7295")]
    public void A_libpq_number_is_counted_under_the_version_that_people_write(uint number, string version)
    {
        var counts = Postgresql;
        counts.Add(new Report { PostgresqlVersion = number });

        Assert.Equal([(version, 1)], counts.Labels());
    }

    [Fact]
    public void A_system_that_says_nothing_is_not_counted()
    {
        var counts = Postgresql;
        counts.Add(new Report());

        Assert.Empty(counts.Labels());
    }

    [Fact]
    public void Where_a_system_has_several_labels_it_is_said_how_many_systems_there_are()
    {
        var (counts, more) = (Lists(), Lists());
        counts.Add(ListOf("lamp", "door"));
        counts.Add(ListOf("lamp"));
        counts.Add(ListOf());
        more.Add(ListOf("lamp", "meter"));
        counts.Merge(more);

        Assert.Equal([("lamp", 3), ("door", 1), ("meter", 1), (LabelBounds.Counted, 3)], counts.Labels());
    }

    [Fact]
    public void Where_every_system_has_one_label_they_add_up_to_the_systems()
    {
        var counts = Lists();
        counts.Add(ListOf("lamp"));
        counts.Add(ListOf("door"));

        Assert.DoesNotContain(LabelBounds.Counted, counts.Labels().Select(label => label.Label));
    }

    [Fact]
    public void Labels_of_few_systems_are_one()
    {
        var counts = Postgresql;
        foreach (var number in new uint[] { 160004, 160004, 160004, 170001, 170002, 150001 })
            counts.Add(new Report { PostgresqlVersion = number });

        Assert.Equal([("16.4", 3), (LabelBounds.Other, 3)], counts.Labels(minimumSystems: 3));
    }

    [Fact]
    public void The_largest_labels_are_published_and_the_rest_is_one()
    {
        var counts = Postgresql;
        for (var minor = 0u; minor < LabelBounds.MaxLabels + 20; minor++)
        {
            for (var systems = minor < 5 ? 2 : 1; systems > 0; systems--)
                counts.Add(new Report { PostgresqlVersion = 160000 + minor });
        }

        var labels = counts.Labels();

        Assert.Equal(LabelBounds.MaxLabels + 1, labels.Count);
        Assert.Equal((LabelBounds.Other, 20), labels[^1]);
        Assert.Equal(LabelBounds.MaxLabels + 25, labels.Sum(label => label.Value));
        Assert.All(labels.Take(5), label => Assert.Equal(2, label.Value));
    }

    [Fact]
    public void Merged_it_is_as_if_one_had_seen_all()
    {
        var (all, left, right) = (Postgresql, Postgresql, Postgresql);
        for (var i = 0; i < 100; i++)
        {
            var report = new Report { PostgresqlVersion = (uint)(160000 + i % 7) };
            all.Add(report);
            (i % 3 == 0 ? left : right).Add(report);
        }

        left.Merge(right);

        Assert.Equal(all.Labels(minimumSystems: 15), left.Labels(minimumSystems: 15));
    }

    [Fact]
    public void A_text_too_long_for_a_label_is_counted_as_other_and_an_empty_one_as_unknown()
    {
        var path = FieldPath.TryFind("channel", Example.ExampleReport.Descriptor, out var field, out _) ? field : null;
        var counts = new CountByAccumulator(path!, LabelFormat.Plain);
        foreach (var channel in new[] { "stable", "", " ", new string('x', 65), new string('\u20AC', 60), "other" })
            counts.Add(new Observation(new Example.ExampleReport { Channel = channel }, 1));

        Assert.Equal([(LabelBounds.Unknown, 2), ("stable", 1), (LabelBounds.Other, 3)], counts.Labels());
    }

    [Fact]
    public void Switches_and_enums_are_counted_by_the_names_that_people_know()
    {
        var enums = new CountByAccumulator(Path("edition"), LabelFormat.Plain);
        var flags = new CountByAccumulator(Path("clustered"), LabelFormat.Plain);
        foreach (var report in new Example.ExampleReport[]
        {
            new() { Edition = Example.ExampleReport.Types.Edition.Community, Clustered = true },
            new() { Edition = (Example.ExampleReport.Types.Edition)9, Clustered = false },
            new(),
        })
        {
            enums.Add(new Observation(report, 1));
            flags.Add(new Observation(report, 1));
        }

        Assert.Equal([("9", 1), ("COMMUNITY", 1)], enums.Labels());
        Assert.Equal([("no", 1), ("yes", 1)], flags.Labels());

        static FieldPath Path(string name) => Example.ExampleReport.Descriptor.FindFieldByName(name)!;
    }
}
