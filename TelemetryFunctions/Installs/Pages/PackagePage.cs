using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Http;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Answers <c>GET /packages/{vendor}/{name}?range&amp;by&amp;format&amp;period</c>.</summary>
public sealed class PackagePage(
    PackageStore packages, InstallPoints points, SummaryProgressStore progressStore, InstallOptions options, InstallPageLayout layout)
{
    // Versions shown; a package with more has mostly ones that nobody installs.
    private const int MaxVersions = 500;

    private const string ByVersion = "version";

    // Points by version are many: as many days of them as can be read for every visitor.
    private const int DaysOfVersions = 365;

    public async Task<IResult> AnswerAsync(HttpRequest request, string vendor, string name, CancellationToken cancellation)
    {
        var package = PackageName.Read($"{vendor}/{name}");
        var format = PageFormats.Choose(request);
        var (progress, _) = await progressStore.ReadAsync(InstallSource.SourceName, cancellation);
        var counter = package is null ? null : await packages.FindAsync(package, cancellation);
        if (format is PageFormat.Badge or PageFormat.Shields)
            return Badge(request, format, package, counter, progress.Through);
        if (package is null || counter is null)
            return NotFound(request, format, progress.Through);

        var today = Today(counter, progress.Through);
        var query = PackageQuery.Read(request.Query);
        var first = query.Range.First(today);
        var chart = InstallChart.Build(await points.ReadAsync(package, counter.Ci, cancellation).ToListAsync(cancellation), today, query.Step, first);
        var versions = await ReadVersionsAsync(package, today, cancellation)
            .OrderByDescending(version => version.Total)
            .ThenBy(version => version.Version, VersionOrder.NewestFirst)
            .Take(MaxVersions)
            .ToListAsync(cancellation);
        var ci = counter.CiOn(today);
        var answer = new PackageAnswer(
            package,
            progress.Through,
            counter.Days.Last30(today),
            ci.Last30Days,
            counter.Total,
            ci.Total,
            ci.Since,
            counter.LastInstalledAt,
            ChartSteps.NameOf(chart.Step),
            [.. chart.Bars.Select(bar => new DateTimeOffset(bar.Start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds())],
            [.. chart.Bars.Select(bar => bar.Installs)],
            [.. chart.Bars.Select(bar => bar.Ci)],
            versions);
        return format switch
        {
            PageFormat.Json => PageResults.Json(request, answer, PackagesJson.Default.PackageAnswer),
            PageFormat.Csv when request.Query["by"] == ByVersion => PageResults.Csv(request, PackagesCsv.Versions(versions)),
            PageFormat.Csv => PageResults.Csv(request, PackagesCsv.Chart(chart)),
            _ => PageResults.Html(
                request, layout.ContentSecurityPolicy, Render(layout.TextsFor(request), await ReadSharesAsync(package, today, first, query.Step, cancellation))),
        };

        string Render(Texts texts, ShareChart shares) => layout.Render(
            texts, texts.Say("installs.titleOf", ("package", package)), progress.Through, PackageHtml.Render(answer, chart, shares, query, texts), PackageHtml.ToSite);
    }

    private async Task<ShareChart> ReadSharesAsync(string package, DateOnly today, DateOnly? first, ChartStep? step, CancellationToken cancellation)
    {
        var earliest = today.AddDays(1 - DaysOfVersions);
        return ShareChart.Build(await points.ReadVersionsAsync(package, first > earliest ? first.Value : earliest, cancellation), today, 1, step);
    }

    private IResult Badge(HttpRequest request, PageFormat format, string? package, Counter? counter, DateTimeOffset? through)
    {
        var asked = request.Query["period"].ToString();
        if (InstallBadge.ReadPeriod(asked) is not { } period)
            return Answers.Problem(StatusCodes.Status400BadRequest, $"period is \"{asked}\"; it must be month, week or total.");
        if (package is null)
            return Answers.Problem(StatusCodes.Status404NotFound, "A package is named vendor/name, by Composer's rule: no other is ever installed.");
        if (counter is null && !options.Wants(package))
            return Answers.Problem(StatusCodes.Status404NotFound, "Installs of this vendor's packages are not counted here.");

        // A badge is shown before the first install, and that there was none is known.
        var installs = counter is null ? 0 : period switch
        {
            BadgePeriod.Month => counter.Days.Last30(Today(counter, through)),
            BadgePeriod.Week => counter.Days.Last7(Today(counter, through)),
            _ => counter.Total,
        };
        var badge = InstallBadge.Of(installs, period);
        return format == PageFormat.Badge
            ? PageResults.Svg(request, BadgeSvg.Draw(badge))
            : PageResults.Json(request, badge, ApiJson.Default.Badge);
    }

    /// <summary>The last day that is counted. A counter may be a window ahead of the progress, where a run is at work.</summary>
    private static DateOnly Today(Counter counter, DateTimeOffset? progress) =>
        DateOnly.FromDateTime((progress > counter.Through ? progress.Value : counter.Through).UtcDateTime.AddTicks(-1));

    private IResult NotFound(HttpRequest request, PageFormat format, DateTimeOffset? through)
    {
        if (format != PageFormat.Html)
            return Answers.Problem(StatusCodes.Status404NotFound, "No package of that name was installed. GET /packages lists what there is.");

        var texts = layout.TextsFor(request);
        return PageResults.NotFoundHtml(
            request, layout.ContentSecurityPolicy, layout.Render(texts, texts["installs.noSuch"], through, PackageHtml.NotFound(texts), PackageHtml.ToSite));
    }

    private async IAsyncEnumerable<PackageVersionAnswer> ReadVersionsAsync(
        string package, DateOnly today, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (version, counter) in packages.ReadVersionsAsync(package, cancellation))
        {
            var ci = counter.CiOn(today);
            yield return new PackageVersionAnswer(
                version, counter.Days.Last30(today), ci.Last30Days, counter.Total, ci.Total, ci.Since, counter.LastInstalledAt);
        }
    }
}
