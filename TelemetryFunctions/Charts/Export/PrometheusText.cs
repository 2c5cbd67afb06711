using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Charts.Export;

/// <summary>Writes Prometheus' text format.</summary>
/// <remarks>Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</remarks>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric that goes up and down.</summary>
    public void Gauge(string name, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, isQuoted: false)).Append('\n')
            .Append("# TYPE ").Append(name).Append(" gauge\n");

    /// <summary>Writes a value of the metric.</summary>
    public void Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, text) in labels)
        {
            _text.Append(separator).Append(label).Append("=\"").Append(Escape(text, isQuoted: true)).Append('"');
            separator = ',';
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string text, bool isQuoted)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\n").Replace("\n", "\\n", StringComparison.Ordinal);
        return isQuoted ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
