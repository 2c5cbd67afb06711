using System.Globalization;
using System.Runtime.Versioning;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>What happens to the embedded store's file and directory.</summary>
[SupportedOSPlatform("linux")]
internal static class FileKnocks
{
    private const int SmallDisk = 1_024;
    private const int Systems = 4_000;
    private const int MostReports = 50_000;
    private const int PageSize = 4_096;

    public static async Task<string> DiskFullAsync()
    {
        using var directory = new ChaosDirectory();
        var taken = new List<Guid>();
        string line;
        using (var site = ChaosSite.StartOnSmallDisk(directory.Path, SmallDisk))
        {
            var status = 200;
            while (status == 200 && taken.Count < MostReports)
            {
                var system = Guid.NewGuid();
                status = await site.ReportAsync(system);
                if (status == 200)
                    taken.Add(system);
            }

            BrokenPromiseException.Unless(status == 503, $"after {taken.Count} reports the answer was {status}");
            BrokenPromiseException.Unless((await site.ReadAsync("/health")).GetProperty("status").GetString() == "unavailable", "/health did not tell");
            line = OnlyLine(site, "can't write");
            site.Kill();
        }

        using var again = ChaosSite.Start(directory.Path);
        await AssertKnownAsync(again, taken);
        BrokenPromiseException.Unless(await again.ReportAsync(Guid.NewGuid()) == 200, "with room again nothing is taken");
        return $"503 after {taken.Count:N0} reports, all of which are there after a kill and with room again; `{line}`";
    }

    public static Task<string> ReadOnlyAsync()
    {
        using var directory = new ChaosDirectory();
        File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        // For root nothing is read-only.
        string[] asNobody = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        return Task.FromResult(Refused(ChaosSite.Refuse(directory.Path, asNobody), "can't be written"));
    }

    public static Task<string> TwoProcessesAsync()
    {
        using var directory = new ChaosDirectory();
        using var first = ChaosSite.Start(directory.Path);
        return Task.FromResult(Refused(ChaosSite.Refuse(directory.Path), "in use by another process"));
    }

    public static async Task<string> CorruptAsync()
    {
        using var directory = new ChaosDirectory();
        var systems = await FillAsync(directory);
        using (var file = File.OpenHandle(directory.File, FileMode.Open, FileAccess.Write))
        {
            // Pages in the middle of the file hold reports.
            var garbage = new byte[8 * PageSize];
            new Random(1).NextBytes(garbage);
            RandomAccess.Write(file, garbage, RandomAccess.GetLength(file) / 2 / PageSize * PageSize);
        }

        using var site = ChaosSite.Start(directory.Path);
        var statuses = new List<int>();
        foreach (var system in systems)
        {
            using var response = await site.Client.GetAsync($"/systems/{system}");
            statuses.Add((int)response.StatusCode);
        }

        BrokenPromiseException.Unless(statuses.TrueForAll(status => status is 200 or 503), "answers were " + string.Join(", ", statuses.Distinct()));
        BrokenPromiseException.Unless(statuses.Contains(503) && statuses.Contains(200), "nothing was damaged, or everything");
        BrokenPromiseException.Unless((await site.ReadAsync("/health")).GetProperty("status").GetString() == "damaged", "/health did not tell");
        BrokenPromiseException.Unless((await site.Client.GetAsync("/charts")).IsSuccessStatusCode, "charts are not served");
        return $"{statuses.Count(status => status == 200):N0} of {statuses.Count:N0} systems can be read, the others are 503; `{OnlyLine(site, "is damaged")}`";
    }

    public static async Task<string> TruncatedAsync()
    {
        using var directory = new ChaosDirectory();
        await FillAsync(directory);
        using (var file = File.OpenHandle(directory.File, FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(file, RandomAccess.GetLength(file) / 2 / PageSize * PageSize);
        var left = await File.ReadAllBytesAsync(directory.File);

        var said = Refused(ChaosSite.Refuse(directory.Path), "is damaged");
        BrokenPromiseException.Unless(Enumerable.SequenceEqual(left, await File.ReadAllBytesAsync(directory.File)), "the file was changed");
        return said;
    }

    private static async Task<IReadOnlyList<Guid>> FillAsync(ChaosDirectory directory)
    {
        var systems = Enumerable.Range(0, Systems).Select(_ => Guid.NewGuid()).ToList();
        using var site = ChaosSite.Start(directory.Path);
        await Parallel.ForEachAsync(systems, async (system, _) => await site.ReportAsync(system));
        return systems;
    }

    private static async Task AssertKnownAsync(ChildSite site, IEnumerable<Guid> systems)
    {
        foreach (var system in systems)
        {
            using var response = await site.Client.GetAsync($"/systems/{system}");
            BrokenPromiseException.Unless(response.IsSuccessStatusCode, $"a report that was acknowledged is not there: {(int)response.StatusCode}");
        }
    }

    /// <summary>The one line of its log that says something.</summary>
    private static string OnlyLine(ChildSite site, string text)
    {
        var lines = site.Lines.Where(line => line.Contains(text, StringComparison.Ordinal)).ToList();
        BrokenPromiseException.Unless(lines.Count == 1, string.Create(CultureInfo.InvariantCulture, $"{lines.Count} lines of the log say \"{text}\": {string.Join(" / ", site.Lines)}"));
        return lines[0];
    }

    private static string Refused((int ExitCode, string Output) run, string text)
    {
        BrokenPromiseException.Unless(run.ExitCode == 1 && !run.Output.Contains('\n', StringComparison.Ordinal) && run.Output.Contains(text, StringComparison.Ordinal), $"exit code {run.ExitCode}: {run.Output}");
        return $"exit code 1; `{run.Output}`";
    }
}
