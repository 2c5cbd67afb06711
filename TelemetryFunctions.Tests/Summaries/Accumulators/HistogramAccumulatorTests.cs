using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class HistogramAccumulatorTests
{
    private static HistogramAccumulator Users => new(Observations.Field("rbac_stats.users"));

    [Theory]
    [InlineData(0u, "0")]
    [InlineData(1u, "1")]
    [InlineData(2u, "2-3")]
    [InlineData(3u, "2-3")]
    [InlineData(4u, "4-7")]
    [InlineData(7u, "4-7")]
    [InlineData(8u, "8-15")]
    [InlineData(1023u, "512-1023")]
    [InlineData(1024u, "1024-2047")]
    [InlineData(uint.MaxValue, "2147483648-4294967295")]
    public void A_number_counts_in_its_bucket(uint users, string bucket)
    {
        var counts = Users;
        Add(counts, users);

        Assert.Equal([(bucket, 1)], counts.Labels());
    }

    [Fact]
    public void Buckets_come_smallest_first_and_empty_ones_not_at_all()
    {
        var counts = Users;
        foreach (var users in new uint[] { 100, 0, 5, 6, 0, 3000 })
            Add(counts, users);

        Assert.Equal([("0", 2), ("4-7", 2), ("64-127", 1), ("2048-4095", 1)], counts.Labels());
    }

    [Fact]
    public void The_one_large_system_is_not_to_be_found_by_its_size()
    {
        var counts = Users;
        foreach (var users in new uint[] { 5, 6, 7, 100_000 })
            Add(counts, users);

        Assert.Equal([("4-7", 3), (LabelBounds.Other, 1)], counts.Labels(minimumSystems: 3));
    }

    [Fact]
    public void A_system_without_the_number_is_in_no_bucket()
    {
        var counts = Users;
        counts.Add(new Report());
        counts.Add(new Report { RbacStats = new RbacStats { Groups = 1 } });

        Assert.Empty(counts.Labels());
    }

    [Fact]
    public void Merged_it_is_as_if_one_had_seen_all()
    {
        var (all, left, right) = (Users, Users, Users);
        for (var users = 0u; users < 50; users++)
        {
            Add(all, users);
            Add(users % 3 == 0 ? left : right, users);
        }

        left.Merge(right);

        Assert.Equal(all.Labels(), left.Labels());
    }

    private static void Add(HistogramAccumulator counts, uint users) => counts.Add(new Report { RbacStats = new RbacStats { Users = users } });
}
