using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class InstallOptionsTests
{
    [Fact]
    public void A_bucket_is_an_hour_and_every_vendor_counts()
    {
        var options = Read();
        Assert.Equal(TimeSpan.FromHours(1), options.DedupeWindow);
        Assert.True(options.Wants("any/thing"));
    }

    [Fact]
    public void Vendors_are_the_same_in_upper_and_lower_case()
    {
        var options = Read(("InstallVendors", "WP-Plugin, wp-theme"));
        Assert.True(options.Wants("wp-plugin/akismet"));
        Assert.False(options.Wants("wp-core/wordpress"));
    }

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(600, 3600)]
    [InlineData(2700, 5400)]
    [InlineData(3200, 9600)]
    [InlineData(7200, 7200)]
    [InlineData(86400, 86400)]
    public void Roll_up_takes_whole_buckets_that_divide_a_day(int dedupeSeconds, int rollupSeconds) =>
        Assert.Equal(rollupSeconds, Read(("InstallDedupeSeconds", $"{dedupeSeconds}")).RollupWindow.TotalSeconds);

    [Theory]
    [InlineData("InstallDedupeSeconds", "0", "Telemetry__InstallDedupeSeconds is \"0\"; it must be a whole number from 1 to 86400.")]
    [InlineData("InstallDedupeSeconds", "7000", "Telemetry__InstallDedupeSeconds is \"7000\"; it must be a number of seconds that divides a day, such as 3600.")]
    [InlineData("InstallVendors", "a, B/c", "Telemetry__InstallVendors is \"B/c\"; it must be vendor names such as wp-plugin, separated by commas.")]
    public void An_unusable_setting_stops_the_start(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<StartupException>(() => Read((name, value))).Message);

    private static InstallOptions Read(params (string Name, string Value)[] settings) => InstallOptions.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Telemetry:" + setting.Name, (string?)setting.Value)))
            .Build());
}
