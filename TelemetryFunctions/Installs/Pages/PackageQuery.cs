using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What is asked of a package's page: which days, and what a bar stands for. What makes no sense counts as not said.</summary>
/// <param name="Range">The days.</param>
/// <param name="Step">What a bar stands for; null for what suits the days.</param>
internal sealed record PackageQuery(InstallRange Range, ChartStep? Step)
{
    public static PackageQuery Read(IQueryCollection query) => new(
        InstallRange.Read(query["range"].ToString()),
        query["by"].ToString() switch
        {
            "day" => ChartStep.Day,
            "week" => ChartStep.Week,
            "month" => ChartStep.Month,
            _ => null,
        });

    /// <summary>Links to other ranges and other bars, as HTML.</summary>
    /// <param name="shown">What a bar stands for now.</param>
    /// <param name="texts">The language.</param>
    public string Choices(ChartStep shown, Texts texts)
    {
        var html = new StringBuilder($"""<div class="switches"><nav class="steps" aria-label="{texts["installs.timeRange"]}">""");
        foreach (var range in InstallRange.Each)
            html.Append(Link(range, Step, range.Title, range == Range, texts));
        html.Append($"""</nav><nav class="steps" aria-label="{texts["installs.by"]}">""");
        foreach (var step in Enum.GetValues<ChartStep>())
            html.Append(Link(Range, step, InstallChartHtml.KeyOf(step), step == shown, texts));
        return html.Append("</nav></div>").ToString();
    }

    private static string Link(InstallRange range, ChartStep? step, string key, bool isCurrent, Texts texts)
    {
        var by = step is { } named ? $"&by={ChartSteps.NameOf(named)}" : "";
        return $"""<a href="{PageHead.Text(texts.Link($"?range={range.Name}{by}"))}"{(isCurrent ? " aria-current=\"true\"" : "")}>{texts[key]}</a>""";
    }
}
