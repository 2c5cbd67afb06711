using System.Net;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class PackagesCsvTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_not_known_is_an_empty_field_and_none_is_0()
    {
        var csv = PackagesCsv.List(
        [
            new("a/told", 5, 2, At) { Ci = new CiCount(3, null, 0) },
            new("a/later", 5, 2, At) { Ci = new CiCount(0, new DateOnly(2026, 11, 21), null) },
            new("a/untold", 5, 0, At),
        ]);
        Assert.Equal(
            "package,last30Days,ciLast30Days,total,ci,ciSince,lastInstalledAt\r\n"
            + "a/told,2,0,5,3,,2026-11-20T12:00Z\r\n"
            + "a/later,2,,5,0,2026-11-21,2026-11-20T12:00Z\r\n"
            + "a/untold,0,,5,,,2026-11-20T12:00Z\r\n",
            csv);
        Assert.Equal(
            "week,installs,ci\r\n2026-11-16,4,1\r\n",
            PackagesCsv.Chart(new InstallChart(ChartStep.Week, [new(new DateOnly(2026, 11, 16), 4, 1)])));
        Assert.Equal(
            "month,installs,ci\r\n2026-11-01,4,\r\n",
            PackagesCsv.Chart(new InstallChart(ChartStep.Month, [new(new DateOnly(2026, 11, 1), 4, null)])));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("=HYPERLINK(\"//x\",1)", "\"'=HYPERLINK(\"\"//x\"\",1)\"")]
    [InlineData("dev-a,b", "\"dev-a,b\"")]
    [InlineData("dev-größe", "dev-größe")]
    public void No_version_is_a_formula_or_two_fields(string version, string field) => Assert.Equal(
        $"version,last30Days,ciLast30Days,total,ci,ciSince,lastInstalledAt\r\n{field},1,0,1,0,,2026-11-20T12:00Z\r\n",
        PackagesCsv.Versions([new PackageVersionAnswer(version, 1, 0, 1, 0, null, At)]));

    [Fact]
    public async Task Lists_packages_and_versions_are_answered_as_CSV()
    {
        await using var app = await InstallApp.StartAsync();
        await app.NotifyAsync(new Download("a/b", "1.0.0.0"));
        await app.NotifyAsync(new Download("a/b", "=1+1"));
        app.Client.DefaultRequestHeaders.UserAgent.Clear();
        app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(InstallSite.CiAgent);
        await app.NotifyAsync(new Download("a/b", "1.0.0.0"));
        await app.RollUpAfterAsync(TimeSpan.FromHours(1));

        const string Head = ",last30Days,ciLast30Days,total,ci,ciSince,lastInstalledAt\r\n";
        Assert.Equal($"package{Head}a/b,3,1,3,1,,2026-11-20T12:00Z\r\n", await app.GetAsync("/packages?format=csv"));
        Assert.Equal("day,installs,ci\r\n2026-11-20,3,1\r\n", await app.GetAsync("/packages/a/b?format=csv"));
        Assert.Equal("month,installs,ci\r\n2026-11-01,3,1\r\n", await app.GetAsync("/packages/A/B?format=csv&by=month"));
        Assert.Equal(
            $"version{Head}1.0.0,2,1,2,1,,2026-11-20T12:00Z\r\n'=1+1,1,0,1,0,,2026-11-20T12:00Z\r\n",
            await app.GetAsync("/packages/a/b?format=csv&by=version"));

        using var response = await app.Client.GetAsync(new Uri("/packages/a/b?format=csv", UriKind.Relative));
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        using var missing = await app.Client.GetAsync(new Uri("/packages/a/c?format=csv", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
