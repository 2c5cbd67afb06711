using System.Globalization;
using System.Text;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>Writes the lifetimes of versions as CSV (RFC 4180): a row a version.</summary>
internal static class AdoptionCsv
{
    public static byte[] Write(AdoptionDocument adoption)
    {
        var csv = new StringBuilder("version,first seen,peak day,peak,peak share,half-life days,last seen,share,supported").Append(CsvText.LineEnd);
        foreach (var version in adoption.Versions)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{CsvText.Field(version.Version)},{version.FirstSeen:yyyy-MM-dd},{version.PeakDay:yyyy-MM-dd},{version.PeakValue:R},{version.PeakShare:R},");
            csv.Append(CultureInfo.InvariantCulture, $"{version.HalfLifeDays},{version.LastSeen:yyyy-MM-dd},{version.Share:R},{Supported(version)}").Append(CsvText.LineEnd);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Supported(VersionLifetime version) => version.IsSupported switch { true => "yes", false => "no", null => "" };
}
