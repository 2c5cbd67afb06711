using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What somebody reads who types the executable's name.</summary>
public sealed partial class CommandLineTests
{
    private const string Key = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    /// <summary>The root and its commands, as they are typed.</summary>
    public static TheoryData<string> Commands => [.. NamesOf(CommandLine.Create()).Prepend("")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_describes_every_option_and_ends_with_lines_to_copy(string name)
    {
        var command = CommandLine.Create().Parse(name).CommandResult.Command;

        var (exitCode, help, error) = await RunAsync($"{name} --help");

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.StartsWith($"Description:\n  {command.Description}\n", help, StringComparison.Ordinal);
        Assert.All(command.Options, option => Assert.Matches($@"\n  .*{Regex.Escape(option.Name)}( <[A-Z]+>)?\s+\S", help));
        Assert.All(command.Subcommands, subcommand => Assert.Matches($@"\n  {subcommand.Name}( <[A-Z]+>)*\s+{Regex.Escape(subcommand.Description!)}\n", help));
        Assert.Matches(@"\n  <SETTING>\s+A setting of the README, as --Telemetry:Product=Acme", help);
        var examples = Example().Matches(help[help.IndexOf("\nExamples:\n", StringComparison.Ordinal)..]);
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            var parsed = CommandLine.Create().Parse(example.Groups["arguments"].Value);
            Assert.Empty(parsed.Errors);
            Assert.StartsWith(name, string.Join(' ', PathOf(parsed.CommandResult)), StringComparison.Ordinal);
            SettingArguments.Of(parsed);
        });
    }

    [Fact]
    public async Task The_version_is_that_of_the_build()
    {
        var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.Equal((0, version + "\n", ""), await RunAsync("--version"));
    }

    [Fact]
    public async Task Help_says_what_holds_where_nothing_is_said()
    {
        Assert.Matches(@"--urls <URL>\s+.*\[default: http://localhost:7071\]", (await RunAsync("--help")).Output);
        Assert.Matches(@"--days <DAYS>\s+How many days, 1 to 3650 \[default: 365\]", (await RunAsync("demo --help")).Output);
    }

    [Theory]
    [InlineData("--nonsense", "Unrecognized argument --nonsense; see --help.")]
    [InlineData("nonsense", "Unrecognized argument nonsense; see --help.")]
    [InlineData("-- nonsense", "Unrecognized argument nonsense; see --help.")]
    [InlineData("demo --nonsense", "Unrecognized argument --nonsense; see --help.")]
    [InlineData("demo 5", "Unrecognized argument 5; see --help.")]
    [InlineData("--days 5", "Unrecognized argument --days; see --help.")]
    [InlineData("rebuild-charts --urls http://127.0.0.1:0", "Unrecognized argument --urls; see --help.")]
    [InlineData("redo", "Option '--from' is required. See --help.")]
    [InlineData("redo --from yesterday", "--from is \"yesterday\"; it must be a day such as 2026-11-18. See --help.")]
    [InlineData("redo --from 2026-11-18 --to 2026-11-17", "--from is after --to. See --help.")]
    [InlineData("--port 8080", "Unrecognized argument --port; did you mean --urls http://localhost:PORT? See --help.")]
    [InlineData("demo --port=8080", "Unrecognized argument --port=8080; did you mean --urls http://localhost:PORT? See --help.")]
    [InlineData("--url http://127.0.0.1:0", "Unrecognized argument --url; did you mean --urls? See --help.")]
    [InlineData("--verson", "Unrecognized argument --verson; did you mean --version? See --help.")]
    [InlineData("deom --days 5", "Unrecognized argument deom; did you mean demo? See --help.")]
    [InlineData("demo --day 5", "Unrecognized argument --day; did you mean --days? See --help.")]
    [InlineData("--Telemetry:Minimumlabelsystem=3", "Unrecognized argument --Telemetry:Minimumlabelsystem=3; did you mean --Telemetry:MinimumLabelSystems? See --help.")]
    [InlineData("demo --Telemetry:RawRetentionDay 30", "Unrecognized argument --Telemetry:RawRetentionDay; did you mean --Telemetry:RawRetentionDays? See --help.")]
    [InlineData("--Telemtry:Product=Acme", "Unrecognized argument --Telemtry:Product=Acme; did you mean --Telemetry:Product? See --help.")]
    [InlineData("--Other:Product=Acme", "Unrecognized argument --Other:Product=Acme; see --help.")]
    [InlineData("--Telemetry:Product", "--Telemetry:Product has no value; write --Telemetry:Product=VALUE.")]
    [InlineData("--Telemetry:Product --urls x", "--Telemetry:Product has no value; write --Telemetry:Product=VALUE.")]
    [InlineData("--urls", "Required argument missing for option: '--urls'. See --help.")]
    [InlineData("demo --days", "Required argument missing for option: '--days'. See --help.")]
    [InlineData("demo --days 3 --days 4", "Option '--days' expects a single argument but 2 were provided. See --help.")]
    [InlineData("demo --days 0", "--days is \"0\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --days -1", "--days is \"-1\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --days 3651", "--days is \"3651\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --days x", "--days is \"x\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --days 1.5", "--days is \"1.5\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --days 99999999999", "--days is \"99999999999\"; it must be a whole number from 1 to 3650. See --help.")]
    [InlineData("demo --metrics", "Required argument missing for option: '--metrics'. See --help.")]
    [InlineData("--metrics my.yaml", "Unrecognized argument --metrics; see --help.")]
    [InlineData("migrate nonsense", "Unrecognized argument nonsense; see --help.")]
    [InlineData("migrate stats", "Unrecognized argument stats; did you mean status? See --help.")]
    [InlineData("migrate pre post", "Unrecognized argument post; see --help.")]
    [InlineData("check", "Required argument 'CATALOGUE' missing for command: 'check'. See --help.")]
    [InlineData("check --nonsense", "--nonsense is no file; settings stand behind the catalogue and before --report. See --help.")]
    [InlineData("check a.yaml --report a.json --Telemetry:Product=Acme", "--Telemetry:Product=Acme is no file; settings stand behind the catalogue and before --report. See --help.")]
    [InlineData("check a.yaml b.yaml", "Unrecognized argument b.yaml; see --help.")]
    public async Task What_there_is_not_is_one_line_and_exit_code_2(string arguments, string line) =>
        Assert.Equal((2, "", line + "\n"), await RunAsync(arguments));

    [Theory]
    [InlineData("DIR", "export", "")]
    [InlineData("DIR", "import", "")]
    [InlineData("FILE", "import", "pulp", "a.json", "")]
    [InlineData("CATALOGUE", "check", "")]
    [InlineData("--report", "check", "a.yaml", "--report", "")]
    [InlineData("--report", "audit", "--report", "a.json", "")]
    public void A_path_of_nothing_is_told_by_its_name(string name, params string[] arguments) =>
        Assert.Equal([$"{name} is empty."], CommandLine.Create().Parse(arguments).Errors.Select(error => error.Message));

    [Theory]
    [InlineData("--AZURE_FUNCTIONS_ENVIRONMENT=Prod", "AZURE_FUNCTIONS_ENVIRONMENT is \"Prod\"; it must be Production, Staging or Development.")]
    [InlineData("--urls http://localhost:80x", "--urls is \"http://localhost:80x\"; it must be addresses such as http://localhost:7071, or http://*:7071 to listen on every interface, separated by semicolons.")]
    [InlineData("demo --metrics /nowhere.yaml", "--metrics is \"/nowhere.yaml\"; it must be the path of a metric catalogue that can be read.")]
    [InlineData("redo --from 2026-11-18 --dry-run", "There is nothing to do again: no day is summarized yet.")]
    [InlineData("import csv /\u001b[31m.csv --chart a\u009bb", "There is no chart \"a\uFFFDb\" in the catalogue, but active-systems, demography, system-age, components/NAME, workers, content-apps, postgresql-versions, users, groups, domains, custom-access-policies, custom-roles.")]
    public async Task What_can_not_be_done_is_one_line_and_exit_code_1(string arguments, string line) =>
        Assert.Equal((1, "", line + "\n"), await RunAsync(arguments));

    [Fact]
    public async Task A_store_that_turns_out_to_be_damaged_is_one_line_and_exit_code_1()
    {
        using var directory = new TemporaryDirectory();
        await using (var site = await TestSite.StartAsync(directory))
            await site.PostJsonAsync($$"""{"system_id": "{{ReportBuilder.Id(1)}}"}""");
        var file = Path.Combine(directory, "telemetry.db");
        var page = (long)DatabaseFile.Run(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'RAW'")!;
        await using (var pages = File.OpenWrite(file))
        {
            pages.Position = (page - 1) * 4096;
            pages.Write(new byte[4096]);
        }

        var result = await Repository.RunAsync(
            AppContext.BaseDirectory, "dotnet", [typeof(CommandLine).Assembly.Location, "audit", "--stored", $"--Telemetry:DataDirectory={directory.Path}", "--Logging:Console:LogLevel:Default=None"]);

        Assert.Equal((1, "catalogue: nothing looks personal\n"), (result.ExitCode, result.Output));
        Assert.Matches("^.*telemetry.db is damaged .*\n$", result.Error);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense", "OTEL_EXPORTER_OTLP_ENDPOINT is \"nonsense\"; it must be the address of a collector, such as http://localhost:4317.")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "nonsense", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a usable connection string;")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"IngestionEndpoint=https://{Key}/", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a usable connection string;")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Key};IngestionEndpoint=x", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a usable connection string;")]
    [InlineData("Logging__LogLevel__Default", "loud", "Logging__LogLevel__Default is \"loud\"; it must be Trace, Debug, Information, Warning, Error, Critical or None.")]
    [InlineData("Logging__Console__LogLevel__A", "loud", "Logging__Console__LogLevel__A is \"loud\"; it must be Trace,")]
    [InlineData("Telemetry__RawRetentionDay", "30", "Telemetry__RawRetentionDay is no setting of this service; did you mean Telemetry__RawRetentionDays?")]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Prod", "AZURE_FUNCTIONS_ENVIRONMENT is \"Prod\"; it must be Production, Staging or Development.")]
    [InlineData("Kestrel__Endpoints__One__Url", "http://localhost:80x", "Kestrel__Endpoints__One__Url is \"http://localhost:80x\"; it must be an address")]
    [InlineData("Telemetry__MetricsFile", "/nonexistent", "Telemetry__MetricsFile is \"/nonexistent\"; it must be the path of a metric catalogue that can be read")]
    [InlineData("Telemetry__DataDirectory", "/proc/nonexistent", "Telemetry__DataDirectory is \"/proc/nonexistent\", which can't be used:")]
    [InlineData("Standalone__TrustedProxies", "10.0.0.1,nonsense", "Standalone__TrustedProxies is \"nonsense\"; it must be addresses or networks, separated by commas, such as")]
    [InlineData("AzureWebJobsStorage__accountName", "Not-a-name", "AzureWebJobsStorage__accountName is \"Not-a-name\"; it must be the name of a storage account,")]
    [InlineData("AzureWebJobsStorage__clientId", Key, "AzureWebJobsStorage names no table service; set AzureWebJobsStorage__tableServiceUri or AzureWebJobsStorage__accountName too.")]
    public async Task A_setting_that_can_not_be_used_is_one_line_that_names_it(string name, string value, string line)
    {
        var (exitCode, output, error) = await RunAsync("--urls http://127.0.0.1:0", (name, value));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(line, error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain(Key, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Telemetry:Product=Acme demo --AzureWebJobsStorage UseDevelopmentStorage=true --urls http://127.0.0.1:0")]
    [InlineData("--urls http://127.0.0.1:0 --Telemetry:Product=Acme --AzureWebJobsStorage UseDevelopmentStorage=true demo")]
    public void Settings_count_on_either_side_of_the_command(string arguments) => Assert.Equal(
        ["--Telemetry:Product=Acme", "--AzureWebJobsStorage", "UseDevelopmentStorage=true", "--urls=http://127.0.0.1:0"],
        SettingArguments.Of(CommandLine.Create().Parse(arguments)));

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Subcommands.SelectMany(under => NamesOf(under).Select(name => $"{under.Name} {name}").Prepend(under.Name));

    /// <summary>The command that was typed, below the root.</summary>
    private static IEnumerable<string> PathOf(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult above ? [.. PathOf(above), command.Command.Name] : [];

    [GeneratedRegex(@"\n  (\w+=\S+ )?TelemetryFunctions\.Standalone(?<arguments>.*)")]
    private static partial Regex Example();

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string arguments, params (string Name, string Value)[] environment)
    {
        using var directory = new TemporaryDirectory();
        var variables = new Dictionary<string, string> { ["Telemetry__DataDirectory"] = directory };
        foreach (var (name, value) in environment)
            variables[name] = value;
        var result = await Repository.RunAsync(
            AppContext.BaseDirectory,
            "dotnet",
            [typeof(CommandLine).Assembly.Location, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            variables);
        return (result.ExitCode, result.Output, result.Error);
    }
}
