using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void A_public_site_is_careful_unless_told_otherwise() =>
        Assert.Equal(new ReportOptions(60, 1, 3, 2, AcceptPrereleases: false), Read());

    [Fact]
    public void A_developers_site_shows_everything_at_once() =>
        Assert.Equal(new ReportOptions(60, 0, 1, 1, AcceptPrereleases: true), Read(("AZURE_FUNCTIONS_ENVIRONMENT", "Development")));

    [Fact]
    public void Every_setting_counts() =>
        Assert.Equal(
            new ReportOptions(7, 2, 5, 1, AcceptPrereleases: true),
            Read(("Telemetry:RawRetentionDays", "7"), ("Telemetry:MinimumAgeDays", "2"), ("Telemetry:MinimumLabelSystems", "5"), ("Telemetry:MinimumNameDays", "1"), ("Telemetry:AcceptPrereleases", "True")));

    [Theory]
    [InlineData("RawRetentionDays", "sixty", "a whole number from 2 to 3650")]
    [InlineData("RawRetentionDays", "1", "a whole number from 2 to 3650")]
    [InlineData("RawRetentionDays", "99999999999999", "a whole number from 2 to 3650")]
    [InlineData("MinimumAgeDays", "-1", "a whole number from 0 to 365")]
    [InlineData("MinimumLabelSystems", "0", "a whole number from 1 to 1000000")]
    [InlineData("MinimumNameDays", "3", "a whole number from 1 to 2")]
    [InlineData("AcceptPrereleases", "yes", "true or false")]
    public void An_unusable_setting_is_named_with_what_it_is_and_what_it_must_be(string name, string value, string wanted)
    {
        var error = Assert.Throws<StartupException>(() => Read(("Telemetry:" + name, value)));

        Assert.Equal($"Telemetry__{name} is \"{value}\"; it must be {wanted}.", error.Message);
    }

    private static ReportOptions Read(params (string Key, string Value)[] settings) =>
        ReportOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
