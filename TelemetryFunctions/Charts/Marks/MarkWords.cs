using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Marks;

/// <summary>What marks say in words.</summary>
internal static class MarkWords
{
    public static string Text(this ChartMark mark, Texts texts) => mark.Kind switch
    {
        ChartMark.Outage => texts.Say("charts.outage", ("count", mark.Hours ?? 0)),
        ChartMark.Hole => texts.Say("charts.hole", ("count", mark.Hours ?? 0)),
        ChartMark.Kept => texts.Say("charts.kept", ("count", mark.Days ?? 0)),
        _ => mark.Text ?? "",
    };
}
