namespace TelemetryFunctions.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_take_no_setting_for_their_value_wherever_they_stand()
    {
        string[] settings = ["--urls", "http://localhost:8080"];

        foreach (var args in new[] { (string[])["--demo", .. settings], [.. settings, "--demo"] })
        {
            var commandLine = CommandLine.Parse(args);
            Assert.Equal(settings, commandLine.Settings);
            Assert.Equal(365, commandLine.DemoDays);
        }

        Assert.Equal(["--Telemetry:DataDirectory=/data"], CommandLine.Parse(["--rebuild-charts", "--Telemetry:DataDirectory=/data"]).Settings);
    }

    [Fact]
    public void Nothing_is_asked_for_unless_it_is_said()
    {
        var commandLine = CommandLine.Parse(["--urls=http://localhost:8080"]);

        Assert.Null(commandLine.DemoDays);
        Assert.False(commandLine.RebuildsCharts);
    }

    [Fact]
    public void A_demo_may_say_how_many_days() => Assert.Equal(730, CommandLine.Parse(["--demo=730"]).DemoDays);

    [Theory]
    [InlineData("--demo=")]
    [InlineData("--demo=0")]
    [InlineData("--demo=a year")]
    [InlineData("--demo=3651")]
    public void A_number_of_days_that_is_none_is_refused(string option) =>
        Assert.Contains("a number of days from 1 to 3650", Assert.Throws<StartupException>(() => CommandLine.Parse([option])).Message, StringComparison.Ordinal);
}
