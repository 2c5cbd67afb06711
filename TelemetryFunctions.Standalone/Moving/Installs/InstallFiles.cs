using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Standalone.Moving.Installs;

/// <summary>Reads the installs of an export. Both files have the counters in one order, so that a counter at a time is in memory.</summary>
internal sealed class InstallFiles(string directory) : IDisposable
{
    private readonly CsvParser _counters = Open(Path.Combine(directory, InstallExporter.Counters));
    private readonly CsvParser _days = Open(Path.Combine(directory, InstallExporter.Days));

    /// <summary>The counters with their days.</summary>
    /// <exception cref="StartupException">A line is wrong; the message names it.</exception>
    public IEnumerable<ArchivedCounter> Read()
    {
        var hasDay = Next(_counters) & Next(_days) && Next(_days);
        while (Next(_counters))
        {
            var key = KeyOf(_counters);
            var days = new List<InstallDay>();
            for (; hasDay && KeyOf(_days) == key; hasDay = Next(_days))
                days.Add(new InstallDay(Day(_days, 2), Number(_days, 3), Optional(_days, 4)));
            yield return new ArchivedCounter(key, Counter(days), days);
        }

        if (hasDay)
            throw Wrong(_days, "is of a counter that is not there, or not in this order");
    }

    public void Dispose()
    {
        _counters.Dispose();
        _days.Dispose();
    }

    private Counter Counter(IReadOnlyList<InstallDay> days)
    {
        var since = _counters[4].Length > 0 ? Day(_counters, 4) : (DateOnly?)null;
        var ci = Optional(_counters, 3) is { } total
            ? new CiInstalls(total, since, DailyInstalls.Of(days.Where(day => day.Ci is not null).Select(day => (day.Day, day.Ci!.Value))))
            : null;
        return new Counter(
            Number(_counters, 2), ci, DailyInstalls.Of(days.Select(day => (day.Day, day.Installs))), Time(_counters, 5), Time(_counters, 6));
    }

    private static CounterKey KeyOf(CsvParser csv) =>
        new(CsvText.Unmark(csv[0]), CsvText.Unmark(csv[1]) is { Length: > 0 } version ? version : null);

    private static long? Optional(CsvParser csv, int field) => csv[field].Length == 0 ? null : Number(csv, field);

    private static long Number(CsvParser csv, int field) =>
        long.TryParse(csv[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(csv, $"has \"{csv[field]}\" for a number");

    private static DateOnly Day(CsvParser csv, int field) =>
        DateOnly.TryParseExact(csv[field], MoveDays.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Wrong(csv, $"has \"{csv[field]}\" for a day");

    private static DateTimeOffset Time(CsvParser csv, int field) =>
        DateTimeOffset.TryParseExact(csv[field], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw Wrong(csv, $"has \"{csv[field]}\" for a time");

    private static bool Next(CsvParser csv) => csv.Read();

    private static CsvParser Open(string path) => new(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180 });

    private static StartupException Wrong(CsvParser csv, string what) =>
        new($"Line {csv.RawRow} of the export's installs, \"{csv.RawRecord.TrimEnd()}\", {what}.");
}
