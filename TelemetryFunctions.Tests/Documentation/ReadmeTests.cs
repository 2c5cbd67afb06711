using System.Text.RegularExpressions;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>What the documentation says to type works as printed, and what it points to is there.</summary>
public sealed partial class ReadmeTests
{
    private const string Address = "http://localhost:7071";

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Prepend(Repository.PathOf("CONTRIBUTING.md")).Prepend(Repository.PathOf("README.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Fact]
    public async Task The_curl_lines_work_as_printed()
    {
        var lines = CurlLine().Matches(Repository.Read("README.md")).Select(match => match.Value).ToList();
        Assert.True(lines.Count >= 4, "README.md has lost its curl lines");
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        foreach (var line in lines)
        {
            var command = line.Replace(Address, site.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal);
            var result = await Repository.RunAsync(Repository.Root, "bash", ["-c", command]);
            Assert.True(result.ExitCode == 0, $"{line}\n{result.Output}{result.Error}");
            if (line.Contains("--data", StringComparison.Ordinal))
                Assert.Equal("""{"status":"accepted"}""", result.Output);
            if (line.Contains("PUT", StringComparison.Ordinal))
                Assert.Contains("\"reports\":2", result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;

        foreach (Match link in Link().Matches(File.ReadAllText(Repository.PathOf(document))))
        {
            var target = link.Groups["target"].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && target[0] != '#')
                Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), $"{document} links {target}");
        }
    }

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex CurlLine();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
