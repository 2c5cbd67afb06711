using System.Net;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

public sealed class SaltTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public async Task All_instances_share_the_salt_of_a_day()
    {
        var store = new MemoryTableStore(TimeProvider.System);
        var salts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => Convert.ToHexString(await new SaltStore(store).GetAsync(Day, CancellationToken.None)))));
        Assert.Single(salts.Distinct());
    }

    [Fact]
    public async Task Another_day_has_another_salt()
    {
        var salts = new SaltStore(new MemoryTableStore(TimeProvider.System));
        Assert.NotEqual(await salts.GetAsync(Day, default), await salts.GetAsync(Day.AddDays(1), default));
    }

    [Fact]
    public async Task A_destroyed_salt_does_not_come_back()
    {
        var salts = new SaltStore(new MemoryTableStore(TimeProvider.System));
        var first = await salts.GetAsync(Day, default);
        await salts.DestroyBeforeAsync(Day.AddDays(1), default);
        Assert.Null(await salts.FindOldestAsync(default));
        Assert.NotEqual(first, await salts.GetAsync(Day, default));
    }

    [Fact]
    public async Task A_day_that_is_not_over_keeps_its_salt()
    {
        var salts = new SaltStore(new MemoryTableStore(TimeProvider.System));
        var salt = await salts.GetAsync(Day, default);
        await salts.DestroyBeforeAsync(Day, default);
        Assert.Equal(salt, await salts.GetAsync(Day, default));
    }

    [Fact]
    public async Task The_salt_lives_until_the_days_last_bucket_is_rolled_up()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 22, 30, 0, TimeSpan.Zero));
        var site = new InstallSite(new MemoryTableStore(clock), clock);
        await site.NotifyAsync(1, new Download("a/b", "1"));

        clock.AdvanceTo(new DateTimeOffset(2026, 11, 20, 23, 5, 0, TimeSpan.Zero));
        await site.RollUpAsync();
        Assert.Equal(Day, await site.Salts.FindOldestAsync(default));

        clock.AdvanceTo(new DateTimeOffset(2026, 11, 21, 0, 1, 0, TimeSpan.Zero));
        await site.NotifyAsync(1, new Download("a/b", "1"));
        await site.RollUpAsync();
        Assert.Equal(Day.AddDays(1), await site.Salts.FindOldestAsync(default));
    }

    [Fact]
    public async Task A_salt_without_installs_is_destroyed_as_well()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 22, 30, 0, TimeSpan.Zero));
        var site = new InstallSite(new MemoryTableStore(clock), clock);
        await site.Salts.GetAsync(Day, default);
        clock.Advance(TimeSpan.FromDays(1));
        await site.RollUpAsync();
        Assert.Null(await site.Salts.FindOldestAsync(default));
    }

    [Fact]
    public void Address_and_user_agent_both_tell_clients_apart_and_the_salt_hides_them()
    {
        var download = new Download("a/b", "1");
        string Hash(byte salt, string address, string agent) =>
            new ClientHash([salt], new InstallClient(IPAddress.Parse(address), agent)).DedupeHash(download);

        Assert.Equal(Hash(1, "10.0.0.1", "x"), Hash(1, "10.0.0.1", "x"));
        Assert.Equal(Hash(1, "10.0.0.1", "x"), Hash(1, "::ffff:10.0.0.1", "x"));
        Assert.Equal(4, new[] { Hash(1, "10.0.0.1", "x"), Hash(2, "10.0.0.1", "x"), Hash(1, "10.0.0.2", "x"), Hash(1, "10.0.0.1", "y") }.Distinct().Count());
    }

    [Fact]
    public void Where_a_name_ends_and_a_version_begins_is_part_of_the_hash()
    {
        var client = new ClientHash([1], new InstallClient(null, ""));
        Assert.NotEqual(client.DedupeHash(new Download("a/b", "11")), client.DedupeHash(new Download("a/b1", "1")));
    }

    [Fact]
    public void Versions_with_any_characters_are_told_apart()
    {
        var client = new ClientHash([1], new InstallClient(null, ""));
        string[] versions = ["dev-ü", "dev-ö", "dev-?", "dev-日", "dev-本", "dev-🚀"];
        Assert.Equal(versions.Length, versions.Select(version => client.DedupeHash(new Download("a/b", version))).Distinct().Count());
    }
}
