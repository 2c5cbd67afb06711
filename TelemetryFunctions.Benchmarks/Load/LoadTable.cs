using System.Globalization;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>A figure beside the limit that was measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Measured">Of the service.</param>
/// <param name="Limit">Of the least that could do it.</param>
/// <param name="LimitIs">What that is.</param>
/// <param name="Beside">What else was seen.</param>
internal sealed record LoadFigure(string Name, string Unit, double Measured, double Limit, string LimitIs, string Beside = "")
{
    /// <summary>True for a rate, of which the service reaches a share; false for what it takes, of which it needs a multiple.</summary>
    public bool IsRate { get; init; } = true;

    public double Ratio => Measured / Limit;
}

/// <summary>Writes figures as a table of Markdown, so that it can be put into docs/performance.md as it stands.</summary>
internal static class LoadTable
{
    public static void Write(IEnumerable<LoadFigure> figures, TextWriter to)
    {
        string[] head = ["figure", "measured", "limit", "ratio", "the limit is", "beside"];
        string[][] rows = [head, [.. head.Select(_ => "---")], .. figures.Select(Cells)];
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            to.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column], cell == "---" ? '-' : ' ')))} |");
    }

    /// <summary>A number with as many digits as mean something.</summary>
    public static string Text(double number) => Math.Abs(number) switch
    {
        >= 100 => number.ToString("n0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("f1", CultureInfo.InvariantCulture),
        _ => number.ToString("f2", CultureInfo.InvariantCulture),
    };

    private static string[] Cells(LoadFigure figure) =>
    [
        figure.Name,
        $"{Text(figure.Measured)} {figure.Unit}".TrimEnd(),
        $"{Text(figure.Limit)} {figure.Unit}".TrimEnd(),
        figure.IsRate ? Text(figure.Ratio) : $"{Text(figure.Ratio)} ×",
        figure.LimitIs,
        figure.Beside,
    ];
}
