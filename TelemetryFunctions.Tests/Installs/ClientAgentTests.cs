using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class ClientAgentTests
{
    [Theory]
    [InlineData("Composer/2.8.1 (Linux; 6.1.0; PHP 8.3.14; cURL 8.5.0; Platform-PHP 8.2.0; CI)", true)]
    [InlineData("Composer/2.5.5 (Darwin; 22.4.0; PHP 8.2.7; streams; CI)", true)]
    [InlineData("Composer/2.5.5 (Darwin; 22.4.0; PHP 8.2.7; cURL 7.88.1)", false)]
    [InlineData("Composer/2.5.5 (Linux; CI; PHP 8.2.7; cURL 7.88.1)", false)]
    [InlineData("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.7; cURL 7.88.1; Platform-PHP 8.1.0)", false)]
    [InlineData("Composer/2.5.5 (CI)", true)]
    [InlineData("Composer/2.5.5 (CI", false)]
    [InlineData("Composer/2.5.5 ()", false)]
    [InlineData("Composer/2.5.5", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; CI)", false)]
    [InlineData(" (", false)]
    [InlineData("", false)]
    public void Composer_says_whether_it_runs_in_CI(string userAgent, bool isCi) => Assert.Equal(isCi, ClientAgent.Read(userAgent).IsCi);
}
