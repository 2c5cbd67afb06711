using System.Globalization;

namespace TelemetryFunctions.Client.Reports;

/// <summary>
/// Reports that wait to be looked into. The folder says all there is to say: a report's name tells since when it waits, a file
/// <c>pause</c> keeps all of them, and who deletes one has it never sent.
/// </summary>
internal sealed class StagingFolder(string directory, TimeSpan delay)
{
    private const string Extension = ".json";
    private const string TimeFormat = "yyyy-MM-dd'T'HHmm'Z'";
    private const int MostKept = 30;

    private readonly string _sent = Path.Combine(directory, "sent");
    private readonly string _failed = Path.Combine(directory, "failed");

    /// <summary>Puts a report there.</summary>
    public void Add(string payload, DateTimeOffset now)
    {
        Directory.CreateDirectory(_sent);
        Directory.CreateDirectory(_failed);
        File.WriteAllText(Path.Combine(directory, "README.txt"), Explanation());
        // Whole or not at all: it may be looked at any time.
        var name = now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var temporary = Path.Combine(directory, name + ".tmp");
        File.WriteAllText(temporary, payload);
        File.Move(temporary, Path.Combine(directory, name + Extension), overwrite: true);
    }

    /// <summary>True where a report waits.</summary>
    public bool IsAnyWaiting => Waiting().Count > 0;

    /// <summary>The newest report, where its time has come; null else. Older ones would take its place in the count of the day, and go.</summary>
    public StagedReport? FindDue(DateTimeOffset now)
    {
        var waiting = Waiting();
        if (waiting.Count == 0 || File.Exists(Path.Combine(directory, "pause")) || waiting[^1].Since + delay > now)
            return null;
        foreach (var (older, _) in waiting[..^1])
            File.Delete(older);
        return new StagedReport(waiting[^1].Path, File.ReadAllText(waiting[^1].Path));
    }

    /// <summary>Puts a report that was sent, or could not be, beside those before it.</summary>
    public void Done(StagedReport report, bool isSent)
    {
        var to = isSent ? _sent : _failed;
        Directory.CreateDirectory(to);
        File.Move(report.Path, Path.Combine(to, Path.GetFileName(report.Path)), overwrite: true);
        foreach (var old in Directory.GetFiles(to, "*" + Extension).OrderDescending(StringComparer.Ordinal).Skip(MostKept))
            File.Delete(old);
    }

    private List<(string Path, DateTimeOffset Since)> Waiting() => !Directory.Exists(directory) ? [] :
    [
        .. from path in Directory.GetFiles(directory, "*" + Extension)
           let isOne = DateTimeOffset.TryParseExact(
               Path.GetFileNameWithoutExtension(path), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
               ? since : default(DateTimeOffset?)
           where isOne is not null
           orderby isOne
           select (path, isOne.Value),
    ];

    private string Explanation() => $"""
        Usage reports wait here before they are sent. The name of each says since when, in UTC; it is sent {delay.TotalMinutes:0} minutes later,
        byte for byte as it is in the file.

        - To keep all of them here, create a file named "pause". To release them, delete it: the newest is sent, and older ones are deleted,
          because one report a day counts.
        - To have a report never sent, delete it.
        - sent/ and failed/ have the last {MostKept} that were sent, and that could not be.

        """;
}

/// <summary>A report whose time has come.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Payload">What is in it.</param>
internal sealed record StagedReport(string Path, string Payload);
