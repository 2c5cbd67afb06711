using System.Diagnostics;
using System.Text.Json;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>The real Composer, against a local repository whose <c>packages.json</c> points here.</summary>
public sealed class ComposerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("composer-");
    private InstallApp _app = null!;
    private ComposerRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _app = await InstallApp.StartAsync();
        _repository = await ComposerRepository.StartAsync(
            new Uri(_app.Client.BaseAddress!, "/downloads"),
            ("wp-plugin/akismet", "5.0"),
            ("wp-plugin/akismet", "5.1.2"),
            ("wp-theme/twentyten", "4.0"),
            ("natxet/CssMin", "3.0.6"));
    }

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [ComposerFact]
    public async Task Installs_repeats_versions_and_updates_are_counted_as_they_should()
    {
        // An install, and the same at once from an empty directory, as a build that is tried again.
        await InstallAsync("one", "5.0.*");
        await InstallAsync("two", "5.0.*");

        // A second version on the same machine.
        await InstallAsync("three", "5.1.*");
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(["5.1.2 1", "5.0.0 1"], await VersionsAsync("wp-plugin/akismet"));
        Assert.Equal(["4.0.0 1"], await VersionsAsync("wp-theme/twentyten"));

        // Its name is sent as its author writes it.
        Assert.Equal(["3.0.6 1"], await VersionsAsync("natxet/CssMin"));

        // An update in the next hour. What is not updated is not downloaded, so not counted.
        WriteProject("one", "5.*");
        await RunAsync("one", "update");
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(["5.1.2 2", "5.0.0 1"], await VersionsAsync("wp-plugin/akismet"));
        Assert.Equal(["4.0.0 1"], await VersionsAsync("wp-theme/twentyten"));

        var list = await _app.GetAsync("/packages");
        Assert.Contains("wp-plugin/<wbr>akismet</a></th><td>3</td><td>3</td>", list, StringComparison.Ordinal);
        var page = await _app.GetAsync("/packages/wp-plugin/akismet");
        Assert.Contains("""<th scope="row">5.1.2</th><td>2</td><td>2</td>""", page, StringComparison.Ordinal);
    }

    [ComposerFact]
    public async Task An_install_in_CI_is_told_apart()
    {
        await InstallAsync("one", "5.0.*");
        await InstallAsync("two", "5.0.*", isCi: true);
        await InstallAsync("three", "5.1.*", isCi: true);
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        using var json = JsonDocument.Parse(await _app.GetAsync("/packages/wp-plugin/akismet?format=json"));
        var package = json.RootElement;
        Assert.Equal((3, 2), (package.GetProperty("total").GetInt32(), package.GetProperty("ci").GetInt32()));
        Assert.Equal(
            ["5.0.0 2 1", "5.1.2 1 1"],
            package.GetProperty("versions").EnumerateArray().Select(version => $"{version.GetProperty("version")} {version.GetProperty("total")} {version.GetProperty("ci")}"));
    }

    [ComposerFact]
    public async Task Its_platform_and_its_PHP_are_counted()
    {
        await InstallAsync("one", "5.0.*");
        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));

        using var json = JsonDocument.Parse(await _app.GetAsync("/packages?format=json"));
        Assert.Equal([(await PhpAsync("php_uname('s')"), 3)], Shares("platforms"));
        Assert.Equal([(await PhpAsync("PHP_MAJOR_VERSION.'.'.PHP_MINOR_VERSION"), 3)], Shares("php"));

        IEnumerable<(string Label, int Installs)> Shares(string name) => json.RootElement.GetProperty(name).GetProperty("series").EnumerateArray()
            .Select(series => (series.GetProperty("label").GetString()!, series.GetProperty("values").EnumerateArray().Single().GetInt32()));
    }

    private static async Task<string> PhpAsync(string expression)
    {
        using var process = Process.Start(new ProcessStartInfo("php", ["-r", $"echo {expression};"]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    private async Task InstallAsync(string project, string akismet, bool isCi = false)
    {
        WriteProject(project, akismet);
        await RunAsync(project, "install", isCi);
    }

    private void WriteProject(string project, string akismet)
    {
        var directory = _directory.CreateSubdirectory(project);
        File.WriteAllText(Path.Combine(directory.FullName, "composer.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["name"] = "site/site",
            ["repositories"] = new object[]
            {
                new { type = "composer", url = _repository.Uri.ToString() },
                new Dictionary<string, bool> { ["packagist.org"] = false },
            },
            ["require"] = new Dictionary<string, string> { ["wp-plugin/akismet"] = akismet, ["wp-theme/twentyten"] = "*", ["natxet/cssmin"] = "*" },
            ["config"] = new Dictionary<string, bool> { ["secure-http"] = false },
        }));
    }

    private async Task RunAsync(string project, string command, bool isCi = false)
    {
        var start = new ProcessStartInfo("composer", [command, "--no-interaction", "--no-progress", "--no-plugins", "--no-scripts"])
        {
            WorkingDirectory = Path.Combine(_directory.FullName, project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["COMPOSER_HOME"] = Path.Combine(_directory.FullName, "home");
        start.Environment["COMPOSER_CACHE_DIR"] = Path.Combine(_directory.FullName, "cache");
        start.Environment["COMPOSER_ALLOW_SUPERUSER"] = "1";
        start.Environment.Remove("CI");
        if (isCi)
            start.Environment["CI"] = "true";
        foreach (var proxy in new[] { "http_proxy", "HTTP_PROXY", "CGI_HTTP_PROXY", "https_proxy", "HTTPS_PROXY" })
            start.Environment.Remove(proxy);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"composer {command} ended with {process.ExitCode}: {await output}{errors}");
    }

    private async Task<List<string>> VersionsAsync(string package)
    {
        using var json = JsonDocument.Parse(await _app.GetAsync($"/packages/{package}?format=json"));
        return [.. json.RootElement.GetProperty("versions").EnumerateArray().Select(version => $"{version.GetProperty("version")} {version.GetProperty("total")}")];
    }
}
