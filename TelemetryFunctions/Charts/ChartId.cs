using System.Diagnostics.CodeAnalysis;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>A chart: a metric, or one name of a metric that has a chart for every name.</summary>
public sealed record ChartId(Metric Metric, string? Name)
{
    public string Id => Name is null ? Metric.Id : $"{Metric.Id}/{Name}";

    public string Title => Name ?? Metric.Title;

    /// <summary>Reads the id in a path, which a host has unescaped but for <c>%2F</c>.</summary>
    public static bool TryParse(string path, MetricCatalogue catalogue, [NotNullWhen(true)] out ChartId? chart)
    {
        var whole = ChartPath.ReadId(path);
        var slash = whole.IndexOf('/', StringComparison.Ordinal);
        var (id, name) = slash < 0 ? (whole, null) : (whole[..slash], whole[(slash + 1)..]);
        chart = catalogue.Find(id) is { } metric && metric.Kind.IsPerName == name is not null && (name is null || IsName(name))
            ? new ChartId(metric, name)
            : null;
        return chart is not null;
    }

    /// <summary>What no chart can be named has no key to be looked up by.</summary>
    private static bool IsName(string name) => name.Length > 0 && LabelText.Fits(name);

    public ChartEntry ToEntry() => new(Id, Title, Metric.Group, Metric.Unit, ChartPath.Of(Id));
}
