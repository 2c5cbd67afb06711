using TelemetryFunctions.Installs.Schema;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Installs a day, of as many days as are needed to say how many there were in the last 30, whenever that is asked.
/// </summary>
public sealed class DailyInstalls
{
    /// <summary>Days that <see cref="Last30"/> adds up.</summary>
    public const int SumDays = 30;

    private const int DaysAWeek = 7;

    // Windows are done in order; a day more than is added up, so that a window of yesterday's still finds its day.
    private const int KeptDays = SumDays + 1;

    private readonly DailyCounts _counts;

    private DailyInstalls(DailyCounts counts) => _counts = counts;

    public static DailyInstalls None { get; } = new(new DailyCounts());

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static DailyInstalls Parse(byte[] bytes) => new(DailyCounts.Parser.ParseFrom(bytes));

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(stream, leaveOpen: true))
            _counts.WriteTo(output);
        return stream.ToArray();
    }

    /// <summary>The installs of a day; 0 for one that is too long ago.</summary>
    public long On(DateOnly day) => At(Day(day));

    /// <summary>The same with more installs on a day.</summary>
    public DailyInstalls Plus(DateOnly day, long installs)
    {
        var added = Day(day);
        var last = Math.Max(_counts.LastDay, added);
        var counts = Enumerable.Range(0, KeptDays).Select(ago => At(last - ago) + (last - ago == added ? installs : 0)).ToList();
        counts.RemoveRange(counts.FindLastIndex(count => count > 0) + 1, counts.Count - counts.FindLastIndex(count => count > 0) - 1);
        return new DailyInstalls(new DailyCounts { LastDay = last, Counts = { counts } });
    }

    /// <summary>The installs of some days, newest last.</summary>
    public static DailyInstalls Of(IEnumerable<(DateOnly Day, long Installs)> days) =>
        days.Aggregate(None, (sum, day) => sum.Plus(day.Day, day.Installs));

    /// <summary>The installs of <paramref name="today"/> and the 29 days before it.</summary>
    public long Last30(DateOnly today) => Last(SumDays, today);

    /// <summary>The installs of <paramref name="today"/> and the 6 days before it.</summary>
    public long Last7(DateOnly today) => Last(DaysAWeek, today);

    /// <summary>The installs from a day to another one.</summary>
    public long Between(DateOnly first, DateOnly last) => Enumerable.Range(Day(first), Math.Max(0, last.DayNumber - first.DayNumber + 1)).Sum(At);

    private long Last(int days, DateOnly today) => Between(today.AddDays(1 - days), today);

    private static int Day(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private long At(int day)
    {
        var ago = _counts.LastDay - day;
        return ago >= 0 && ago < _counts.Counts.Count ? _counts.Counts[ago] : 0;
    }
}
