using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Axe looks at a page. It is put into it, which the page's own policy forbids: a visit must bypass it.</summary>
internal static class Audit
{
    // All rules run; only what is told of those that pass is short.
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations], Selectors = false };

    /// <summary>What violates a rule: the rule, what it asks for, and the element.</summary>
    public static async Task<IEnumerable<string>> AuditAsync(this IPage page)
    {
        var audit = await page.RunAxe(OnlyViolations);
        Assert.NotEmpty(audit.Passes);
        return audit.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html}"));
    }
}
