using System.Globalization;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Support;

/// <summary>What SUMMARY and SYSTEMS must hold, computed straight from the reports, all in memory and without bounds.</summary>
internal sealed class ReferenceSummary(int minimumAgeDays, int minimumLabelSystems)
{
    private readonly Dictionary<(DateTimeOffset Day, string System), Report> _reports = [];
    private readonly HashSet<DateTimeOffset> _days = [];

    /// <summary>A system's report of a day; the last one counts.</summary>
    public void Add(DateTimeOffset day, Report report)
    {
        _days.Add(day);
        _reports[(day, Guid.Parse(report.SystemId).ToString("n"))] = report;
    }

    public List<string> Systems() =>
    [
        .. from report in _reports.Keys
           group report.Day by report.System into days
           orderby Shard(days.Key), days.Key
           select $"{Shard(days.Key)}|{days.Key}|FirstSeen={days.Min().UtcTicks},LastSeen={days.Max().UtcTicks}",
    ];

    public List<string> Summary() =>
    [
        .. _days.SelectMany(Points)
            .Select(point => (Partition: point.Series, Key: Ms(point.Day) + "~" + KeyCodec.Encode(point.Label), point.Value))
            .OrderBy(row => row.Partition, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => $"{row.Partition}|{row.Key}|Value={BitConverter.DoubleToInt64Bits(row.Value)}"),
    ];

    private IEnumerable<(DateTimeOffset Day, string Series, string Label, double Value)> Points(DateTimeOffset day)
    {
        var all = _reports.Where(report => report.Key.Day == day)
            .Select(report => (report.Value, Age: (day - _reports.Keys.Where(key => key.System == report.Key.System && key.Day <= day).Min(key => key.Day)).Days))
            .ToList();
        var counted = all.Where(system => system.Age >= minimumAgeDays).Select(system => system.Value).ToList();

        yield return (day, "active-systems", "systems", counted.Count);
        foreach (var group in all.GroupBy(system => system.Age < 7 ? "under 1 week" : "1-4 weeks"))
            yield return (day, "system-age", group.Key, group.Count());
        foreach (var group in all.GroupBy(system => Bucket((uint)system.Age)))
            yield return (day, "demography.age", group.Key, group.Count());
        for (var bucket = 0u; all.Exists(system => system.Age >= bucket); bucket = Math.Max(1, bucket * 2))
            yield return (day, "demography.accumulated", Bucket(bucket), all.Count(system => system.Age >= bucket));

        foreach (var (metric, values) in LabelsOf(counted))
        {
            var labels = values.GroupBy(value => value).ToList();
            foreach (var label in labels.Where(label => label.Count() >= minimumLabelSystems))
                yield return (day, metric, label.Key, label.Count());
            if (labels.Where(label => label.Count() < minimumLabelSystems).Sum(label => label.Count()) is var other and > 0)
                yield return (day, metric, "other", other);
        }

        var components = counted.SelectMany(report => report.Components.GroupBy(component => component.Name).Select(same => same.Last())).ToList();
        foreach (var (by, parts) in new[] { ("xy", 2), ("xyz", 3) })
        {
            var rare = 0;
            foreach (var name in components.GroupBy(component => component.Name))
            {
                if (name.Count() < minimumLabelSystems)
                {
                    rare += name.Count();
                    continue;
                }

                // A name that waits for its second day counts as other too.
                if (!_days.Any(earlier => earlier < day && Carriers(earlier, name.Key) >= minimumLabelSystems))
                    rare += name.Count();

                var series = $"components.{by}~{KeyCodec.Encode(name.Key)}";
                var labels = name.GroupBy(component => string.Join('.', component.Version.Split('.').Take(parts))).ToList();
                foreach (var label in labels.Where(label => label.Count() >= minimumLabelSystems))
                    yield return (day, series, label.Key, label.Count());
                if (labels.Where(label => label.Count() < minimumLabelSystems).Sum(label => label.Count()) is var other and > 0)
                    yield return (day, series, "other", other);
            }

            if (rare > 0)
                yield return (day, $"components.{by}~other", "other", rare);
        }

        foreach (var (metric, label, numbers) in new[]
        {
            ("workers", "processes", Numbers(counted, report => report.OnlineWorkers, stats => stats.HasProcesses ? stats.Processes : null)),
            ("workers", "hosts", Numbers(counted, report => report.OnlineWorkers, stats => stats.HasHosts ? stats.Hosts : null)),
            ("content-apps", "processes", Numbers(counted, report => report.OnlineContentApps, stats => stats.HasProcesses ? stats.Processes : null)),
            ("content-apps", "hosts", Numbers(counted, report => report.OnlineContentApps, stats => stats.HasHosts ? stats.Hosts : null)),
        })
        {
            if (numbers.Count == 0 || numbers.Count < minimumLabelSystems)
                continue;
            yield return (day, metric + ".mean", label, (double)numbers.Sum(number => (decimal)number) / numbers.Count);
            yield return (day, metric + ".median", label, (numbers[(numbers.Count - 1) / 2] + (double)numbers[numbers.Count / 2]) / 2);
            if (numbers.Count < 20)
                continue;
            var beyond = (int)(numbers.Count * 0.05m);
            yield return (day, metric + ".p5", label, numbers[beyond]);
            yield return (day, metric + ".p95", label, numbers[^(1 + beyond)]);
        }
    }

    private int Carriers(DateTimeOffset day, string name) => _reports.Count(report =>
        report.Key.Day == day
        && report.Value.Components.Any(component => component.Name == name)
        && (day - _reports.Keys.Where(key => key.System == report.Key.System).Min(key => key.Day)).Days >= minimumAgeDays);

    private static IEnumerable<(string Metric, IEnumerable<string> Labels)> LabelsOf(List<Report> reports)
    {
        yield return ("postgresql-versions", reports.Where(report => report.HasPostgresqlVersion).Select(report => Postgresql(report.PostgresqlVersion)));

        var stats = reports.Select(report => report.RbacStats).OfType<RbacStats>().ToList();
        yield return ("users", stats.Where(stats => stats.HasUsers).Select(stats => Bucket(stats.Users)));
        yield return ("groups", stats.Where(stats => stats.HasGroups).Select(stats => Bucket(stats.Groups)));
        yield return ("domains", stats.Where(stats => stats.HasDomains).Select(stats => Bucket(stats.Domains)));
        yield return ("custom-access-policies", stats.Where(stats => stats.HasCustomAccessPolicies).Select(stats => Bucket(stats.CustomAccessPolicies)));
        yield return ("custom-roles", stats.Where(stats => stats.HasCustomRoles).Select(stats => Bucket(stats.CustomRoles)));
    }

    private static string Postgresql(uint number)
    {
        var digits = number.ToString("d6", CultureInfo.InvariantCulture);
        return number == 0 ? "Unknown"
            : number >= 100_000 ? $"{digits[..^4]}.{int.Parse(digits[^4..], CultureInfo.InvariantCulture)}"
            : $"{int.Parse(digits[..2], CultureInfo.InvariantCulture)}.{int.Parse(digits[2..4], CultureInfo.InvariantCulture)}.{int.Parse(digits[4..], CultureInfo.InvariantCulture)}";
    }

    private static string Bucket(uint number)
    {
        if (number < 2)
            return number.ToString(CultureInfo.InvariantCulture);

        var first = (long)Math.Pow(2, Math.Floor(Math.Log2(number)));
        return string.Create(CultureInfo.InvariantCulture, $"{first}-{first * 2 - 1}");
    }

    private static List<uint> Numbers(List<Report> reports, Func<Report, ProcessStats?> stats, Func<ProcessStats, uint?> number) =>
        [.. reports.Select(stats).OfType<ProcessStats>().Select(number).OfType<uint>().Order()];

    private static string Ms(DateTimeOffset day) => day.ToUnixTimeMilliseconds().ToString("d13", CultureInfo.InvariantCulture);

    private static char Shard(string system) => SystemId.TryParse(system, out var id) ? id.Shard : throw new FormatException(system);
}
