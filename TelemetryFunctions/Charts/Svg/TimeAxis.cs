using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>An axis of days. The first of its texts has the year, and so has each at which a year begins.</summary>
internal static class TimeAxis
{
    private const string DayText = "language.day";
    private const string DayOfYearText = "language.dayOfYear";
    private const string MonthText = "language.month";
    private const string MonthOfYearText = "language.monthOfYear";
    private const string YearText = "language.year";

    private static readonly int[] Days = [1, 2, 7, 14];
    private static readonly int[] Months = [1, 2, 3, 6];
    private static readonly int[] Years = [1, 2, 5, 10, 20, 50];

    /// <summary>A day as text, with its year.</summary>
    public static string Text(DateOnly day, Texts texts) => Text(day, DayOfYearText, texts);

    /// <summary>The days that are named, no more than so many.</summary>
    public static IReadOnlyList<(DateOnly Day, string Text)> Ticks(DateOnly first, DateOnly last, int max, Texts texts)
    {
        max = Math.Max(1, max);
        var days = last.DayNumber - first.DayNumber + 1;
        foreach (var step in Days.Where(step => days <= step * max))
            return [.. Every(first, last, day => day.AddDays(step)).Select(Named(first, DayText, DayOfYearText, texts))];

        var months = (last.Year - first.Year) * 12 + last.Month - first.Month;
        foreach (var step in Months.Where(step => months <= step * max))
        {
            var start = new DateOnly(first.Year, (first.Month - 1) / step * step + 1, 1);
            return Within(Every(start, last, day => day.AddMonths(step)), first, MonthText, MonthOfYearText, texts);
        }

        var years = Years.First(step => step == Years[^1] || last.Year - first.Year <= step * max);
        return Within(Every(new DateOnly(first.Year / years * years, 1, 1), last, day => day.AddYears(years)), first, YearText, YearText, texts);
    }

    private static List<(DateOnly Day, string Text)> Within(IEnumerable<DateOnly> days, DateOnly first, string key, string keyOfYear, Texts texts)
    {
        var within = days.Where(day => day >= first).ToList();
        return within.Count == 0 ? [(first, Text(first, texts))] : [.. within.Select(Named(within[0], key, keyOfYear, texts))];
    }

    private static Func<DateOnly, (DateOnly Day, string Text)> Named(DateOnly first, string key, string keyOfYear, Texts texts)
    {
        var year = 0;
        return day =>
        {
            var isFirst = day == first || day.Year != year;
            year = day.Year;
            return (day, Text(day, isFirst ? keyOfYear : key, texts));
        };
    }

    private static string Text(DateOnly day, string key, Texts texts) => texts.Say(
        key, ("day", day.Day.ToString(texts.Table.Numbers)), ("month", texts.Table.Months[day.Month - 1]), ("year", day.Year.ToString(texts.Table.Numbers)));

    private static IEnumerable<DateOnly> Every(DateOnly first, DateOnly last, Func<DateOnly, DateOnly> next)
    {
        for (var day = first; day <= last; day = next(day))
            yield return day;
    }
}
