using System.Collections.Concurrent;
using System.Reflection;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;
using Xunit.Sdk;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>The senders of a document as programs of this machine.</summary>
/// <param name="document">The document, with a block of code for each language.</param>
internal sealed class Sender(string document) : IDisposable
{
    /// <summary>The address that the documents write.</summary>
    public const string Address = "http://localhost:7071";

    /// <summary>The languages of the document, by the word behind their block, and what runs them.</summary>
    private static readonly Dictionary<string, string[]> Programs = new()
    {
        ["bash"] = ["bash", "curl"],
        ["python"] = ["python3"],
        ["js"] = ["node"],
        ["go"] = ["go"],
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<(string, Uri), Task<string[]>> _commands = new();

    /// <summary>The languages that have a sender.</summary>
    public static IEnumerable<string> All => Programs.Keys;

    /// <summary>The languages that run here.</summary>
    public static IEnumerable<string> Available => All.Where(language => WhyMissing(language) is null);

    /// <summary>Why a language's tests are skipped, or null where they run. On CI they run, if only to fail; but CI has no Go.</summary>
    public static string? WhyMissing(string language)
    {
        var missing = Programs[language].FirstOrDefault(program => Executables.Find(program) is null);
        return missing is null || (language != "go" && Environment.GetEnvironmentVariable("CI") == "true") ? null : $"{missing} is not installed.";
    }

    /// <summary>Runs the sender to its end, as a product that starts and stops.</summary>
    /// <param name="language">Which.</param>
    /// <param name="site">Where it sends.</param>
    /// <param name="home">The user's directory.</param>
    /// <param name="setting">What <c>EXAMPLE_TELEMETRY</c> says; empty for nothing.</param>
    /// <param name="folder">Where it is started; null where that does not matter.</param>
    public async Task<CommandResult> RunAsync(string language, Uri site, string home, string setting = "", string? folder = null)
    {
        var command = await _commands.GetOrAdd((language, site), _ => PrepareAsync(language, site));
        var environment = new Dictionary<string, string>
        {
            ["EXAMPLE_TELEMETRY"] = setting,
            ["XDG_STATE_HOME"] = home,
            ["XDG_CONFIG_HOME"] = home,
            ["no_proxy"] = "*",
        };
        // A sender that never ends is ended, and its exit code says so.
        return await Repository.RunAsync(folder ?? _directory, "timeout", ["60", .. command], environment);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<string[]> PrepareAsync(string language, Uri site)
    {
        var code = Assert.Single(MarkdownBlocks.Of(document, language));
        Assert.Contains(Address, code, StringComparison.Ordinal);
        code = code.Replace(Address, site.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(_directory, $"{language}-{site.Port}")).FullName;
        switch (language)
        {
            case "bash":
                // In a script as strict as they come, which waits only so that the test knows when it was sent.
                return ["bash", await WriteAsync("product.sh", $"set -euo pipefail\n{code}\nwait\n")];
            case "python":
                return ["python3", await WriteAsync("product.py", code)];
            case "js":
                return ["node", await WriteAsync("product.mjs", code)];
            default:
                var program = Path.Combine(folder, "product");
                var build = await Repository.RunAsync(folder, "go", ["build", "-o", program, await WriteAsync("product.go", code)]);
                Assert.True(build.ExitCode == 0, build.Error);
                return [program];
        }

        async Task<string> WriteAsync(string name, string text)
        {
            var file = Path.Combine(folder, name);
            await File.WriteAllTextAsync(file, text);
            return file;
        }
    }
}

/// <summary>A theory's row for the sender of a language: skipped where the machine can't run it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SenderDataAttribute : DataAttribute
{
    private readonly string _language;

    public SenderDataAttribute(string language) => (_language, Skip) = (language, Sender.WhyMissing(language));

    public string Language => _language;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_language]];
}
