using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class ClientAgentTests
{
    [Theory]
    [InlineData("Composer/2.8.1 (Linux; 6.1.0; PHP 8.3.14; cURL 8.5.0; Platform-PHP 8.2.0; CI)", true, "Linux", "8.3")]
    [InlineData("Composer/2.5.5 (Darwin; 22.4.0; PHP 8.2.7; streams; CI)", true, "Darwin", "8.2")]
    [InlineData("Composer/2.5.5 (Darwin; 22.4.0; PHP 8.2.7; cURL 7.88.1)", false, "Darwin", "8.2")]
    [InlineData("Composer/2.5.5 (Windows NT; 10.0; PHP 7.4.33; cURL 7.70.0)", false, "Windows NT", "7.4")]
    [InlineData("Composer/2.5.5 (Linux; CI; PHP 10.0.1; cURL 7.88.1)", false, "Linux", "10.0")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1; Platform-PHP 8.1.0)", false, "Linux", "8.2")]
    [InlineData("Composer/1.10.22 (FreeBSD; 13.0; HHVM 4.1.0)", false, "FreeBSD", "other")]
    [InlineData("Composer/2.5.5 (Unknown; Unknown; PHP 8.2.7; cURL 7.88.1)", false, "other", "8.2")]
    [InlineData("Composer/2.5.5 (CYGWIN_NT-10.0; 3.4; PHP 8.20.7; cURL 7.88.1)", false, "other", "other")]
    [InlineData("Composer/2.5.5 (linux; 6.1.0; PHP 4.4.9; cURL 7.88.1)", false, "other", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 99999999999.1.1; cURL 7.88.1)", false, "Linux", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 8.x.1; cURL 7.88.1)", false, "Linux", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2; cURL 7.88.1)", false, "Linux", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP .2.1; cURL 7.88.1)", false, "Linux", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP ; CI)", true, "Linux", "other")]
    [InlineData("Composer/2.5.5 (CI)", true, "other", "other")]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; CI", false, "other", "other")]
    [InlineData("Composer/2.5.5 ()", false, "other", "other")]
    [InlineData("Composer/2.5.5", false, "other", "other")]
    [InlineData("Mozilla/5.0 (Linux; x; PHP 8.2.7; CI)", false, "other", "other")]
    [InlineData(" (", false, "other", "other")]
    [InlineData("", false, "other", "other")]
    public void Composer_says_what_it_runs_on(string userAgent, bool isCi, string platform, string php) =>
        Assert.Equal(new ClientAgent(isCi, platform, php), ClientAgent.Read(userAgent));
}
