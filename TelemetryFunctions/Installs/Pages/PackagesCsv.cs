using System.Globalization;
using System.Text;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The CSV of the packages. A number that is not known is an empty field, and 0 is 0.</summary>
internal static class PackagesCsv
{
    private const string Counters = "last30Days,ciLast30Days,total,ci,ciSince,lastInstalledAt";

    /// <summary>A page of the list: a row a package.</summary>
    public static string List(IEnumerable<ListedPackage> packages) => Write(
        "package," + Counters,
        packages.Select(package => Line(package.Name, package.Last30Days, package.Total, package.Ci, package.LastInstalledAt)));

    /// <summary>A package: a row a version.</summary>
    public static string Versions(IEnumerable<PackageVersionAnswer> versions) => Write(
        "version," + Counters,
        versions.Select(version => Line(
            version.Version, version.Last30Days, version.Total, new CiCount(version.Ci, version.CiSince, version.CiLast30Days), version.LastInstalledAt)));

    /// <summary>A package: a row a day, week or month.</summary>
    public static string Chart(InstallChart chart) => Write(
        ChartSteps.NameOf(chart.Step) + ",installs,ci",
        chart.Bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{bar.Start:yyyy-MM-dd},{bar.Installs},{bar.Ci}")));

    private static string Line(string name, long last30Days, long total, CiCount ci, DateTimeOffset lastInstalledAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CsvText.Field(name)},{last30Days},{ci.Last30Days},{total},{ci.Total},{ci.Since:yyyy-MM-dd},{lastInstalledAt.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}");

    private static string Write(string head, IEnumerable<string> lines)
    {
        var csv = new StringBuilder(head).Append(CsvText.LineEnd);
        foreach (var line in lines)
            csv.Append(line).Append(CsvText.LineEnd);
        return csv.ToString();
    }
}
