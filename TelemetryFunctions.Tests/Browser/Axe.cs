using System.Text.Json;
using Microsoft.Playwright;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The accessibility checks of axe-core, from npm.</summary>
internal static class Axe
{
    private static readonly Lazy<Task<string>> Source = new(LoadAsync);

    /// <summary>What axe-core finds on a page, a line a rule and element; empty where it finds nothing.</summary>
    public static async Task<IReadOnlyList<string>> AuditAsync(IPage page)
    {
        await page.EvaluateAsync(await Source.Value);
        var violations = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations");
        return
        [
            .. violations.EnumerateArray().SelectMany(rule => rule.GetProperty("nodes").EnumerateArray().Select(node =>
                $"{rule.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}")),
        ];
    }

    private static async Task<string> LoadAsync()
    {
        var tests = Repository.PathOf("TelemetryFunctions.Tests");
        var script = Path.Combine(tests, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            var install = await Repository.RunAsync(tests, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci"]);
            if (install.ExitCode != 0)
                throw new InvalidOperationException($"npm ci failed in {tests}: {install.Error}");
        }

        return await File.ReadAllTextAsync(script);
    }
}
