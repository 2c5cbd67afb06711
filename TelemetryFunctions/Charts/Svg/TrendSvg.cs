using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Draws series over time: stacked where they are parts of a whole, else as lines. What is not known is a gap.</summary>
internal sealed class TrendSvg
{
    private const int AxisHeight = 22;
    private const int Gap = 8;
    private const int LeadWidth = 14;
    private const int PixelsOfTick = 90;
    private const double ShareOfNames = 0.32;

    // So wide is a day that stands alone, and so many pixels a day takes of a curve at least.
    private const double Visible = 3;
    private const int PixelsOfDay = 2;

    private readonly SvgWriter _svg;
    private readonly DrawnChart _chart;
    private readonly PlotArea _plot;
    private readonly ValueAxis _axis;
    private readonly bool _isStacked;
    private readonly Texts _texts;
    private readonly MarksSvg _marks;

    private TrendSvg(SvgWriter svg, DrawnChart chart, IReadOnlyList<ChartMark>? marks, MetricKind kind, bool isStacked, PlotArea area, Texts texts)
    {
        (_svg, _chart, _isStacked, _texts) = (svg, chart, isStacked, texts);
        var most = (isStacked ? chart.Totals : chart.Series.SelectMany(series => series.Values)).Max() ?? 0;
        _axis = ValueAxis.Of(most, (int)Math.Max(1, Math.Min(4, (area.Height - AxisHeight) / 40)), kind.AbsentIsZero);
        var numbers = _axis.Ticks.Max(tick => SvgText.Width(ValueAxis.Text(tick, texts), PlotArea.TextSize));
        var names = Math.Min(area.Width * ShareOfNames, chart.Series.Max(series => SvgText.Width(NameOf(series), PlotArea.TextSize)));
        var strip = MarksSvg.HasFlags(marks) ? MarksSvg.StripHeight : 0;
        _plot = new PlotArea(area.Left + numbers + Gap, area.Top + strip, area.Right - names - LeadWidth - Gap, area.Bottom - AxisHeight);
        _marks = new MarksSvg(marks ?? [], X, _plot, texts);
        NamesWidth = names;
    }

    private double NamesWidth { get; }

    public static void Draw(SvgWriter svg, ChartOfSeries chart, ChartDocument document, PlotArea area, Texts texts)
    {
        var kind = chart.Id.Metric.Kind;
        var drawn = DrawnChart.Of(document, kind, area.Rows - 1, (int)(area.Width / PixelsOfDay));

        // One day is points, each at its own value: it has no course. Labels of which a system can have several are no parts of a whole.
        var isWhole = kind.AbsentIsZero && document.Counted is null;
        var isStacked = chart.Id.Metric.Shape == ChartShape.Share && isWhole && drawn.Totals.Count(total => total is not null) > 1;
        var trend = new TrendSvg(svg, drawn, document.Marks, kind, isStacked, area, texts);
        trend._marks.DrawShades(svg);
        trend.DrawAxes();
        if (isStacked)
            trend.DrawStack();
        else
            trend.DrawLines(hasWash: drawn.Series.Count == 1 && kind.AbsentIsZero);
        trend._marks.DrawFlags(svg);
        trend.DrawNames();
    }

    private void DrawAxes()
    {
        foreach (var tick in _axis.Ticks)
        {
            _svg.Add("line", ("class", "grid"), ("x1", _plot.Left), ("x2", _plot.Right), ("y1", Y(tick)), ("y2", Y(tick)));
            _svg.AddText("text", ValueAxis.Text(tick, _texts), ("class", "quiet end"), ("x", _plot.Left - Gap), ("y", Y(tick) + 4));
        }

        var (first, last) = (ChartQuery.Day(_chart.Times[0]), ChartQuery.Day(_chart.Times[^1]));
        foreach (var (day, text) in TimeAxis.Ticks(first, last, (int)(_plot.Width / PixelsOfTick), _texts))
            _svg.AddText("text", text, ("class", "quiet middle"), ("x", X(ChartQuery.Ms(day))), ("y", _plot.Bottom + 18));
    }

    /// <summary>From the top of the stack down, each over the one above it to the ground: so an edge is drawn once.</summary>
    private void DrawStack()
    {
        for (var top = _chart.Series.Count - 1; top >= 0; top--)
        {
            var path = new StringBuilder();
            foreach (var (from, to) in Runs(_chart.Totals))
            {
                var half = from == to ? Visible / 2 : 0;
                Append(path, 'M', X(from) - half, _plot.Bottom);
                for (var i = from; i <= to; i++)
                    Append(path, 'L', X(i) - half, Y(Height(top, i)));
                if (from == to)
                    Append(path, 'L', X(to) + half, Y(Height(top, to)));
                Append(path, 'L', X(to) + half, _plot.Bottom);
                path.Append('Z');
            }

            Add("path", _chart.Series[top], "", ("class", $"edge {_chart.Series[top].Class}"), ("d", path.ToString()));
        }
    }

    private void DrawLines(bool hasWash)
    {
        foreach (var series in _chart.Series)
        {
            var (line, wash) = (new StringBuilder(), new StringBuilder());
            foreach (var (from, to) in Runs(series.Values).Where(run => run.From < run.To))
            {
                Append(wash, 'M', X(from), _plot.Bottom);
                for (var i = from; i <= to; i++)
                {
                    Append(line, i == from ? 'M' : 'L', X(i), Y(series.Values[i]!.Value));
                    Append(wash, 'L', X(i), Y(series.Values[i]!.Value));
                }

                Append(wash, 'L', X(to), _plot.Bottom);
                wash.Append('Z');
            }

            if (hasWash && wash.Length > 0)
                _svg.Add("path", ("class", $"wash {series.Class}"), ("d", wash.ToString()));
            if (line.Length > 0)
                Add("path", series, "", ("class", $"line {series.Class}"), ("d", line.ToString()));
            foreach (var (day, _) in Runs(series.Values).Where(run => run.From == run.To))
                Add("circle", series, "", ("class", series.Class), ("cx", X(day)), ("cy", Y(series.Values[day]!.Value)), ("r", Visible));
        }
    }

    /// <summary>Names behind the last day of which something is known, in the order in which the series end.</summary>
    private void DrawNames()
    {
        var last = Enumerable.Range(0, _chart.Times.Count).Last(i => _chart.Totals[i] is not null);
        var ends = _chart.Series.Select((series, i) => Y(_isStacked
            ? (Height(i, last) + Height(i - 1, last)) / 2
            : series.Values.LastOrDefault(value => value is not null) ?? 0)).ToList();
        var places = Spread.Apart([.. ends.Select((end, i) => end - i * 1e-6)], PlotArea.LineHeight, _plot.Top + 4, _plot.Bottom);
        var isFar = X(last) < _plot.Right - LeadWidth;
        foreach (var (i, series) in _chart.Series.Index())
        {
            var (from, x) = (X(last) + Visible + 1, _plot.Right + LeadWidth);
            var path = string.Create(CultureInfo.InvariantCulture, $"M{from:0.#} {ends[i]:0.#}L{x - 3:0.#} {places[i]:0.#}");
            _svg.Add("path", ("class", $"lead {series.Class}{(isFar ? " far" : "")}"), ("d", path));
            Add("text", series, SvgText.Fit(NameOf(series), NamesWidth, PlotArea.TextSize), ("x", x), ("y", places[i] + 4));
        }

        if (_chart.LeftOut > 0)
            _svg.AddText("text", _texts.Say("drawing.more", ("count", _chart.LeftOut)), ("class", "quiet end"), ("x", _plot.Right), ("y", _plot.Top + 10));
    }

    private string NameOf(DrawnSeries series)
    {
        var label = _texts.Label(series.Label);
        return series.Values.LastOrDefault(value => value is not null) is { } value ? $"{label}: {ValueAxis.Text(value, _texts)}" : label;
    }

    /// <summary>A part of a series, which says its whole name to who points at it.</summary>
    private void Add(string element, DrawnSeries series, string text, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        _svg.Open(element, attributes).Text(text).AddText("title", _texts.Label(series.Label)).Close();

    private double Height(int series, int i) => Enumerable.Range(0, series + 1).Sum(below => _chart.Series[below].Values[i] ?? 0);

    private double X(int i) => X(_chart.Times[i]);

    private double X(long ms)
    {
        var span = _chart.Times[^1] - _chart.Times[0];
        return span == 0 ? _plot.Left + _plot.Width / 2 : _plot.Left + _plot.Width * (ms - _chart.Times[0]) / span;
    }

    private double Y(double value) => _plot.Bottom - _plot.Height * Math.Min(1, value / _axis.Top);

    /// <summary>The days that follow one another without a gap.</summary>
    private static IEnumerable<(int From, int To)> Runs(IReadOnlyList<double?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is null)
                continue;

            var from = i;
            while (i + 1 < values.Count && values[i + 1] is not null)
                i++;
            yield return (from, i);
        }
    }

    private static void Append(StringBuilder path, char command, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");
}
