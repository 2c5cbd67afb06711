using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Answers <c>GET /packages/{vendor}/{name}?by&amp;format</c>.</summary>
public sealed class PackagePage(
    PackageStore packages, InstallPoints points, SummaryProgressStore progressStore, InstallPageLayout layout)
{
    // Versions shown; a package with more has mostly ones that nobody installs.
    private const int MaxVersions = 500;

    public async Task<IResult> AnswerAsync(HttpRequest request, string vendor, string name, CancellationToken cancellation)
    {
        var package = PackageName.Read($"{vendor}/{name}");
        var format = PageFormats.Choose(request);
        var (progress, _) = await progressStore.ReadAsync(InstallSource.SourceName, cancellation);
        if (package is null || await packages.FindAsync(package, cancellation) is not { } counter)
            return NotFound(request, format, progress.Through);

        // A counter may be a window ahead of the progress, where a run is at work.
        var through = progress.Through > counter.Through ? progress.Through.Value : counter.Through;
        var today = DateOnly.FromDateTime(through.UtcDateTime.AddTicks(-1));
        if (format == PageFormat.Shields)
            return PageResults.Json(request, ShieldsBadge.Of(counter.Days.Last30(today)), PackagesJson.Default.ShieldsBadge);

        var chart = InstallChart.Build(await points.ReadAsync(package, cancellation).ToListAsync(cancellation), today, StepOf(request));
        var versions = await ReadVersionsAsync(package, today, cancellation)
            .OrderByDescending(version => version.Total)
            .ThenBy(version => version.Version, VersionOrder.NewestFirst)
            .Take(MaxVersions)
            .ToListAsync(cancellation);
        var answer = new PackageAnswer(
            package,
            progress.Through,
            counter.Days.Last30(today),
            counter.Total,
            counter.LastInstalledAt,
            InstallChart.NameOf(chart.Step),
            [.. chart.Bars.Select(bar => new DateTimeOffset(bar.Start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds())],
            [.. chart.Bars.Select(bar => bar.Installs)],
            versions);
        return format == PageFormat.Json
            ? PageResults.Json(request, answer, PackagesJson.Default.PackageAnswer)
            : PageResults.Html(request, layout.Render($"{package} · installs", progress.Through, PackageHtml.Render(answer, chart)));
    }

    private static ChartStep? StepOf(HttpRequest request) => request.Query["by"].ToString() switch
    {
        "day" => ChartStep.Day,
        "week" => ChartStep.Week,
        "month" => ChartStep.Month,
        _ => null,
    };

    private IResult NotFound(HttpRequest request, PageFormat format, DateTimeOffset? through) => format == PageFormat.Html
        ? PageResults.NotFoundHtml(request, layout.Render("No such package", through, PackageHtml.NotFound))
        : Answers.Problem(StatusCodes.Status404NotFound, "No package of that name was installed. GET /packages lists what there is.");

    private async IAsyncEnumerable<PackageVersionAnswer> ReadVersionsAsync(
        string package, DateOnly today, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (version, counter) in packages.ReadVersionsAsync(package, cancellation))
            yield return new PackageVersionAnswer(version, counter.Days.Last30(today), counter.Total, counter.LastInstalledAt);
    }
}
