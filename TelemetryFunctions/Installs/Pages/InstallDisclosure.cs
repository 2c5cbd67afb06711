using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the catalogue says of the installs.</summary>
internal sealed class InstallDisclosure(InstallOptions options) : IDisclosed
{
    private const string Notification = """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}""";

    public Disclosure DiscloseIn(Texts texts) => new(
        "installs",
        texts["installs.what"],
        $"""
        <p>{texts.Html("installs.whatText", ("packages", texts.Link("./packages")))}</p>
        <pre tabindex="0" role="region" aria-label="{texts["installs.whatJson"]}"><code>{Notification}</code></pre>
        <p>{Counted(texts)} {texts.Html("installs.whatHash", ("span", Span(options.DedupeWindow, texts)))}</p>
        """,
        [
            new(texts["installs.kept"], texts["installs.keptUntil"]),
            new(texts["installs.keptKey"], texts["installs.keptKeyUntil"]),
            new(texts["installs.keptNumbers"], texts["installs.keptNumbersUntil"]),
        ],
        options.MinimumLabelInstalls <= 1 ? texts["installs.fewNone"] : texts.Html("installs.few", ("least", options.MinimumLabelInstalls)));

    private string Counted(Texts texts)
    {
        if (options.Vendors.Count == 0)
            return texts["installs.whatAll"];

        var vendors = options.Vendors.Order(StringComparer.Ordinal).Select(vendor => $"<code>{PageHead.Text(vendor)}</code>");
        return texts.Html("installs.whatVendors", ("vendors", new Markup(string.Join(", ", vendors))));
    }

    private static string Span(TimeSpan span, Texts texts)
    {
        var (key, unit) = span.Ticks % TimeSpan.TicksPerHour == 0 ? ("installs.hours", TimeSpan.TicksPerHour)
            : span.Ticks % TimeSpan.TicksPerMinute == 0 ? ("installs.minutes", TimeSpan.TicksPerMinute)
            : ("installs.seconds", TimeSpan.TicksPerSecond);
        return texts.Say(key, ("count", span.Ticks / unit));
    }
}
