using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>An axis of values from 0, with lines at round numbers.</summary>
internal sealed class ValueAxis
{
    private const double Million = 1_000_000;

    private static readonly double[] Factors = [1, 2, 5, 10];

    private ValueAxis(double step, int steps)
    {
        Top = step * steps;
        Ticks = [.. Enumerable.Range(0, steps + 1).Select(i => i * step)];
    }

    /// <summary>The value at the top.</summary>
    public double Top { get; }

    /// <summary>The values at the lines, 0 first.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <param name="most">The largest value.</param>
    /// <param name="lines">Lines above 0, at most.</param>
    /// <param name="isWhole">True where values are counts: no line is between two.</param>
    public static ValueAxis Of(double most, int lines, bool isWhole)
    {
        var rough = Math.Max(most, isWhole ? 1 : 1e-9) / Math.Max(1, lines);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Factors.Select(factor => factor * power).First(step => step >= rough * (1 - 1e-9));
        if (isWhole)
            step = Math.Max(1, step);
        return new ValueAxis(step, Math.Max(1, (int)Math.Ceiling(most / step - 1e-9)));
    }

    /// <summary>A number, shorter from a million on.</summary>
    public static string Text(double value, Texts texts) => Math.Abs(value) >= Million
        ? texts.Say("drawing.million", ("number", texts.Number(value / Million, "#,0.##")))
        : texts.Number(value, double.IsInteger(value) || Math.Abs(value) >= 1000 ? "N0" : "0.##");
}
