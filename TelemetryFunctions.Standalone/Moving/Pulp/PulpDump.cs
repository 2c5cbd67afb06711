using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving.Pulp;

/// <summary>
/// The contents of dumps of Pulp's site. What is kept of a dump grows with its days, and with the systems of its last ones, not with its
/// length.
/// </summary>
internal sealed class PulpDump(MetricCatalogue catalogue)
{
    private const string App = "pulpanalytics.";

    private static readonly (string Field, string Number)[] Means =
    [
        ("online_worker_hosts_avg", "online_workers.hosts"),
        ("online_worker_processes_avg", "online_workers.processes"),
        ("online_content_app_hosts_avg", "online_content_apps.hosts"),
        ("online_content_app_processes_avg", "online_content_apps.processes"),
    ];

    private static readonly Dictionary<string, Func<uint, RbacStats>> Numbers = new(StringComparer.Ordinal)
    {
        ["users"] = number => new() { Users = number },
        ["groups"] = number => new() { Groups = number },
        ["domains"] = number => new() { Domains = number },
        ["custom_access_policies"] = number => new() { CustomAccessPolicies = number },
        ["custom_roles"] = number => new() { CustomRoles = number },
    };

    private readonly SortedDictionary<DateOnly, PulpDay> _days = [];
    private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<SystemId, KnownSystem> _systems = [];
    private readonly Dictionary<(string Model, DateOnly Day), string> _files = [];

    /// <summary>The days, oldest first.</summary>
    public IReadOnlyDictionary<DateOnly, PulpDay> Days => _days;

    /// <summary>When the systems of the raw reports were first and last seen.</summary>
    public IReadOnlyDictionary<SystemId, KnownSystem> Systems => _systems;

    /// <summary>Records of which nothing is made, by what they are.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <exception cref="StartupException">A file can't be read, or something in it is wrong; the message names file and record.</exception>
    public static async Task<PulpDump> ReadAsync(IEnumerable<string> files, MetricCatalogue catalogue, CancellationToken cancellation)
    {
        var dump = new PulpDump(catalogue);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!named.Add(file))
                throw new StartupException($"{file} is named twice, and would be counted twice; name it once.");

            await foreach (var (number, record) in DumpReader.ReadAsync(file, cancellation))
            {
                try
                {
                    dump.Add(file, record);
                }
                catch (FormatException e)
                {
                    throw DumpReader.Wrong(file, number, $"{record.Model} {e.Message}".TrimStart());
                }
            }
        }

        return dump;
    }

    private void Add(string file, DumpRecord record)
    {
        var model = record.Model ?? throw new FormatException("has no model; a record is an object with model, pk and fields.");
        switch (model.StartsWith(App, StringComparison.Ordinal) ? model[App.Length..] : "")
        {
            case "dailysummary":
                DayOfKey(file, model, record);
                break;
            case "deploymentstats":
                AddMeans(DayOfKey(file, model, record), record);
                break;
            case "xyversioncount":
                DayOf(file, model, record).AddVersion(VersionsAccumulator.ByXy, record.Text("name"), record.Text("version"), record.Count("count"));
                break;
            case "xyzversioncount":
                DayOf(file, model, record).AddVersion(VersionsAccumulator.ByXyz, record.Text("name"), record.Text("version"), record.Count("count"));
                break;
            case "agecount":
                DayOf(file, model, record).AddAge(record.Count("age"), record.Count("count"));
                break;
            case "postgresversioncount":
                DayOf(file, model, record).AddDatabase((uint)record.Count("version"), record.Count("count"));
                break;
            case "numbercount":
                AddNumber(DayOf(file, model, record), record);
                break;
            case "system":
                AddSystem(record);
                break;
            case "component":
                // A part of a raw report, whose day is counted above.
                break;
            default:
                LeaveOut($"records of {model}");
                break;
        }
    }

    /// <summary>The day that is a record's key, of which there is one in a database: where there are two, dumps were put behind one another.</summary>
    private PulpDay DayOfKey(string file, string model, DumpRecord record)
    {
        var day = record.KeyAsDay();
        return _files.GetValueOrDefault((model, day)) == file
            ? throw new FormatException($"of {MoveDays.Write(day)} is there a second time, and its counts may be, too; name dumps that have no day in common, one by one.")
            : DayOf(file, model, day);
    }

    private PulpDay DayOf(string file, string model, DumpRecord record) => DayOf(file, model, record.Day("summary"));

    private PulpDay DayOf(string file, string model, DateOnly day)
    {
        if (_files.TryAdd((model, day), file))
            MoveDays.Check(day);
        else if (_files[(model, day)] is var other && other != file)
            throw new FormatException($"of {MoveDays.Write(day)} is in {other} too, and would be counted twice; name dumps that have no day in common.");
        if (!_days.TryGetValue(day, out var there))
            _days[day] = there = new PulpDay(catalogue);
        return there;
    }

    private static void AddMeans(PulpDay day, DumpRecord record)
    {
        foreach (var (field, number) in Means)
        {
            if (record.Mean(field) is { } mean)
                day.AddMean(number, mean);
        }
    }

    private void AddNumber(PulpDay day, DumpRecord record)
    {
        if (Numbers.TryGetValue(record.Text("name"), out var make))
            day.AddValue(new Report { RbacStats = make((uint)record.Count("number")) }, record.Count("count"));
        else
            LeaveOut($"numbers of {record.Text("name")}");
    }

    private void AddSystem(DumpRecord record)
    {
        if (!SystemId.TryParse(record.Text("system_id"), out var id))
            throw new FormatException("system_id must be a UUID.");
        var (first, last) = (Window.Day(record.Time("first_seen")).Start, Window.Day(record.Time("created")).Start);
        var seen = new KnownSystem(id.ToString(), first < last ? first : last, last);
        _systems[id] = _systems.TryGetValue(id, out var known) ? known.SeenOn(seen.FirstSeen).SeenOn(seen.LastSeen) : seen;
    }

    private void LeaveOut(string what) => _leftOut[what] = _leftOut.GetValueOrDefault(what) + 1;
}
