using System.Globalization;
using System.Text;
using TelemetryFunctions.Languages;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>
/// Bars over time as HTML: a picture that takes the width there is, beside numbers and above days that keep their size. What they are is
/// in the table that follows, from which a script reads a bar that is pointed at (web/src/bars.ts).
/// </summary>
/// <param name="Label">What it is, for who does not see it.</param>
/// <param name="Step">What a bar stands for.</param>
/// <param name="Starts">The first days of the bars, without gaps.</param>
/// <param name="IsOpen">True where the last one is not over.</param>
/// <param name="Texts">The language.</param>
internal sealed record BarsHtml(string Label, ChartStep Step, IReadOnlyList<DateOnly> Starts, bool IsOpen, Texts Texts)
{
    private const int Height = 1_000;
    private const double BarShare = 0.8;

    /// <summary>The parts of the bars, from below.</summary>
    /// <param name="ticks">What stands beside the picture, from above, evenly.</param>
    /// <param name="most">The value at the upper edge.</param>
    /// <param name="parts">For each part its class, and the lower and the upper value of each bar; null where it has none.</param>
    public string Render(IReadOnlyList<string> ticks, double most, IEnumerable<(string Class, Func<int, (double From, double To)?> Of)> parts)
    {
        var html = new StringBuilder($"""<div class="bars" role="img" aria-label="{Text(Label)}"><div class="scale" aria-hidden="true">""");
        foreach (var tick in ticks)
            html.Append($"<span>{tick}</span>");
        html.Append(CultureInfo.InvariantCulture, $"""</div><svg viewBox="0 0 {Starts.Count} {Height}" preserveAspectRatio="none" aria-hidden="true">""");
        html.Append($"<path class=\"lines\" d=\"{string.Concat(Enumerable.Range(0, ticks.Count).Select(tick => Line(tick, ticks.Count - 1)))}\"/>");
        foreach (var (name, of) in parts)
        {
            Append(html, name, of, 0, Starts.Count - (IsOpen ? 1 : 0));
            if (IsOpen)
                Append(html, name + " open", of, Starts.Count - 1, Starts.Count);
        }

        return html.Append("</svg>").Append(Days()).Append("</div>\n").ToString();

        void Append(StringBuilder svg, string name, Func<int, (double From, double To)?> of, int from, int to)
        {
            // A path a part, not a rectangle a value: the page stays small.
            var bars = string.Concat(Enumerable.Range(from, Math.Max(0, to - from)).Select(bar => of(bar) is { } value && value.To > value.From ? Bar(bar, value.From / most, value.To / most) : ""));
            if (bars.Length > 0)
                svg.Append($"<path class=\"{name}\" d=\"{bars}\"/>");
        }
    }

    /// <summary>What a bar is called in the table.</summary>
    public string NameOf(int bar)
    {
        var name = ChartSteps.LabelOf(Step, Starts[bar]);
        return IsOpen && bar == Starts.Count - 1 ? Texts.Html("installs.soFar", ("bar", name)) : name;
    }

    private string Line(int tick, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"M0 {(last == 0 ? Height : Height * (double)tick / last):0.#}h{Starts.Count}");

    private static string Bar(int bar, double from, double to) => string.Create(
        CultureInfo.InvariantCulture,
        $"M{bar + (1 - BarShare) / 2:0.##} {Height * (1 - to):0.#}h{BarShare:0.##}v{Height * (to - from):0.#}h-{BarShare:0.##}z");

    private string Days()
    {
        int[] shown = Starts.Count switch { 1 => [0], 2 => [0, 1], _ => [0, (Starts.Count - 1) / 2, Starts.Count - 1] };
        return $"<div class=\"days\" aria-hidden=\"true\">{string.Concat(shown.Select(bar => $"<span>{NameOf(bar)}</span>"))}</div>";
    }
}
