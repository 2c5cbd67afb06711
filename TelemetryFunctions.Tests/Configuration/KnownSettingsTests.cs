using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Configuration;

/// <summary>A setting that nothing reads is refused, with the one that was meant.</summary>
public sealed partial class KnownSettingsTests
{
    [Theory]
    [InlineData("Telemetry__Minimumlabelsystem", "Telemetry__MinimumLabelSystems")]
    [InlineData("Telemetry__RawRetentionDay", "Telemetry__RawRetentionDays")]
    [InlineData("Telemetry__RetentionDays", "Telemetry__RawRetentionDays")]
    [InlineData("telemetry__produkt", "Telemetry__Product")]
    [InlineData("Telemetry_Product", "Telemetry__Product")]
    [InlineData("Telemetry__Site__Titel", "Telemetry__Site__Title")]
    [InlineData("Telemetry__Site__Links__Source__Url", "Telemetry__Site__Links__Source")]
    [InlineData("Telemetry__Product__Name", "Telemetry__Product")]
    [InlineData("Telemtry__Product", "Telemetry__Product")]
    [InlineData("Standalone__TrustedProxy", "Standalone__TrustedProxies")]
    [InlineData("AZURE_FUNCTION_ENVIRONMENT", "AZURE_FUNCTIONS_ENVIRONMENT")]
    [InlineData("AzureWebJobStorage", "AzureWebJobsStorage")]
    [InlineData("ASPNETCORE_URL", "ASPNETCORE_URLS")]
    public void A_misspelt_setting_is_named_with_the_right_one(string name, string right) =>
        Assert.Equal($"{name} is no setting of this service; did you mean {right}?", Refusal(name));

    [Fact]
    public void Where_nothing_is_near_the_list_is_named() =>
        Assert.Equal("Telemetry__X is no setting of this service; README.md lists them.", Refusal("Telemetry__X"));

    [Theory]
    [InlineData("TELEMETRY__PRODUCT")]
    [InlineData("TELEMETRY_RAW_RETENTION_DAYS")]
    [InlineData("TELEMETRY_ENVIRONMENT")]
    [InlineData("TELEMETRY")]
    [InlineData("AzureWebJobsDashboard")]
    [InlineData("AzureWebJobsStorage__blobServiceUri")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    [InlineData("Logging__LogLevel__Telemetry")]
    [InlineData("PATH")]
    public void What_is_read_or_belongs_to_others_is_not_refused(string name) => Check((name, "1"));

    [Fact]
    public void Every_setting_there_is_may_be_set() => Check([.. KnownSettings.Own.Select(name => (name.Replace("*", "0", StringComparison.Ordinal), "1"))]);

    [Theory]
    [InlineData("Prod", "Production, Staging or Development")]
    [InlineData("Dev", "Development, Staging or Production")]
    [InlineData("Developement", "Development, Staging or Production")]
    public void An_environment_that_there_is_not_is_refused_with_the_nearest_one_first(string name, string wanted)
    {
        var error = Assert.Throws<StartupException>(() => Read(("AZURE_FUNCTIONS_ENVIRONMENT", name)).CheckEnvironment());

        Assert.Equal($"AZURE_FUNCTIONS_ENVIRONMENT is \"{name}\"; it must be {wanted}.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("production")]
    [InlineData("Staging")]
    public void An_environment_that_there_is_may_be_set(string name) => Read(("AZURE_FUNCTIONS_ENVIRONMENT", name)).CheckEnvironment();

    [Fact]
    public void The_code_reads_the_settings_of_the_list_and_the_README_has_them()
    {
        var code = string.Concat(
            new[] { "TelemetryFunctions", "TelemetryFunctions.Standalone" }
                .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("KnownSettings.cs", StringComparison.Ordinal))
                .Select(File.ReadAllText));
        var read = InCode().Matches(code).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var documented = Repository.Read("README.md").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => InTable().Matches(line.Split('|')[1]))
            .Select(match => match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal));

        Assert.Equal(KnownSettings.Own.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.All(KnownSettings.Own, name => Assert.Contains(read, text => IsOrHas(text, name)));
        Assert.All(read, text => Assert.Contains(KnownSettings.Own, name => IsOrHas(text, name)));
    }

    /// <summary>True for a setting, and for the section that it is read from.</summary>
    private static bool IsOrHas(string text, string name) => name == text || name.StartsWith(text + ":", StringComparison.Ordinal);

    private static string Refusal(string name) => Assert.Throws<StartupException>(() => Check((name, "1"))).Message;

    private static void Check(params (string Name, string Value)[] variables) => Read(variables).CheckNames();

    private static IConfigurationRoot Read(params (string Name, string Value)[] variables) => new ConfigurationBuilder()
        .AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Name.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)))
        .Build();

    [GeneratedRegex("\"(?<name>(Telemetry|Standalone)(:[A-Za-z]+)+)\"")]
    private static partial Regex InCode();

    [GeneratedRegex("`(?<name>(Telemetry|Standalone)__[A-Za-z_*]+)`")]
    private static partial Regex InTable();
}
