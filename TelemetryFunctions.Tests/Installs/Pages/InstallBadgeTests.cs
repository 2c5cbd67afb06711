using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class InstallBadgeTests
{
    [Theory]
    [InlineData(0, "0/month")]
    [InlineData(999, "999/month")]
    [InlineData(1000, "1k/month")]
    [InlineData(1299, "1.2k/month")]
    [InlineData(12_999, "12k/month")]
    [InlineData(999_999, "999k/month")]
    [InlineData(1_500_000, "1.5M/month")]
    [InlineData(2_000_000_000, "2B/month")]
    public void The_message_is_short_and_never_rounded_up(long installs, string message) =>
        Assert.Equal(message, InstallBadge.Of(installs, BadgePeriod.Month).Message);
}
