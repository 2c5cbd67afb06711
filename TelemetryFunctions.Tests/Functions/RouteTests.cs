using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Functions;

/// <summary>The Functions host tries routes in the order of function names, so no two may match one path.</summary>
public sealed class RouteTests
{
    private static readonly List<(string Function, string Method, string[] Segments)> Routes =
    [
        .. from function in AppFunctions.All
           let trigger = function.Trigger as HttpTriggerAttribute
           where trigger is not null && trigger.Route != RouteTable.Rest
           from verb in trigger.Methods!
           select (function.Name, verb.ToUpperInvariant(), trigger.Route!.Split('/')),
    ];

    [Fact]
    public void No_two_routes_that_share_a_method_match_one_path()
    {
        Assert.NotEmpty(Routes);
        foreach (var (i, a) in Routes.Index())
        {
            foreach (var b in Routes.Skip(i + 1).Where(b => b.Method == a.Method))
                Assert.False(Overlap(a.Segments, b.Segments), $"{a.Method} of {a.Function} and {b.Function}");
        }
    }

    [Fact]
    public void Where_GET_is_answered_so_is_HEAD() =>
        Assert.All(Routes.Where(route => route.Method == "GET"), route =>
            Assert.Contains(Routes, other => other.Function == route.Function && other.Method == "HEAD"));

    [Fact]
    public void The_function_that_takes_the_rest_comes_last()
    {
        var rest = AppFunctions.All.Single(function => function.Trigger is HttpTriggerAttribute { Route: RouteTable.Rest }).Name;

        Assert.Equal(rest, AppFunctions.Names.Order(StringComparer.OrdinalIgnoreCase).Last());
    }

    [Theory]
    [InlineData("charts", "charts/{*id}", true)]
    [InlineData("packages", "packages/{vendor}/{name}", false)]
    [InlineData("systems/{id}", "systems/all", true)]
    [InlineData("{root:maxlength(0)?}", "health", false)]
    [InlineData("{root:maxlength(0)?}", "{root:maxlength(0)?}", true)]
    [InlineData("a/{b}", "a/{b}/{c?}", true)]
    public void Overlaps_are_found(string a, string b, bool expected)
    {
        Assert.Equal(expected, Overlap(a.Split('/'), b.Split('/')));
        Assert.Equal(expected, Overlap(b.Split('/'), a.Split('/')));
    }

    private static bool Overlap(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return (a.IsEmpty || IsOptional(a[0])) && (b.IsEmpty || IsOptional(b[0]));
        return IsCatchAll(a[0]) || IsCatchAll(b[0]) || (Match(a[0], b[0]) && Overlap(a[1..], b[1..]));
    }

    private static bool Match(string x, string y) =>
        IsRoot(x) || IsRoot(y) ? x == y : x.StartsWith('{') || y.StartsWith('{') || x.Equals(y, StringComparison.OrdinalIgnoreCase);

    private static bool IsRoot(string segment) => segment.Contains("maxlength(0)", StringComparison.Ordinal);

    private static bool IsCatchAll(string segment) => segment.StartsWith("{*", StringComparison.Ordinal);

    private static bool IsOptional(string segment) => IsCatchAll(segment) || segment.EndsWith("?}", StringComparison.Ordinal);
}
