using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the form of the catalogue answers, as a page.</summary>
internal static class SystemHtml
{
    // What is in it is shown as text and not put into a script.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Nothing(Texts texts) => $"<p role=\"status\">{texts["system.nothing"]}</p>\n";

    public static string NoId(Texts texts) => $"<p role=\"alert\">{texts["system.noId"]}</p>\n";

    public static string NoKey(Texts texts) => $"<p role=\"alert\">{texts["system.noKey"]}</p>\n";

    public static string Forgotten(Texts texts) => $"<p role=\"status\">{texts["system.forgotten"]}</p>\n";

    /// <summary>What is stored of a system.</summary>
    public static string Stored(SystemAnswer system, Texts texts)
    {
        var html = new StringBuilder("<dl>\n");
        Append("system.firstSeen", Day(system.FirstSeen, texts));
        Append("system.lastSeen", Day(system.LastSeen, texts));
        Append("system.days", system.Days.Count == 0 ? texts["system.noDays"] : string.Join(", ", system.Days.Select(day => Day(day, texts))));
        if (system.LastReport is { } report)
        {
            var time = report.ReceivedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            Append("system.came", texts.Say("system.cameAt", ("time", time), ("bytes", report.Payload.Length), ("format", report.Format)));
            html.Append($"</dl>\n<h2>{texts["system.report"]}</h2>\n");
            html.Append(report.Report is { } json ? Block(texts["system.json"], Write(json)) : $"<p>{texts["system.noJson"]}</p>\n");
            html.Append($"<h2>{texts["system.bytes"]}</h2>\n").Append(Block(texts["system.base64"], Convert.ToBase64String(report.Payload)));
            return html.ToString();
        }

        return html.Append("</dl>\n").ToString();

        void Append(string key, string value) => html.Append($"<dt>{texts[key]}</dt><dd>{PageHead.Text(value)}</dd>\n");
    }

    /// <summary>A whole page.</summary>
    public static string Render(WebAssets assets, PageOptions page, Texts texts, IReadOnlyList<SectionLink> sections, string content)
    {
        var title = texts["system.title"];
        return new PageHead($"{title} · {page.TitleIn(texts)}", texts["system.description"], title) { Sections = sections }.Render(assets, page, texts) + $"""
            <main class="wrap prose" id="content">
            <div>
            {content}
            <h2>{texts["system.another"]}</h2>
            {SystemForm.Html(texts)}
            </div>
            </main>

            """ + PageFoot.Render(page, texts, texts["system.foot"]);
    }

    private static string Block(string name, string text) =>
        $"<pre tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><code>{PageHead.Text(text)}</code></pre>\n";

    private static string Write(JsonElement json)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
            json.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Day(DateOnly? day, Texts texts) =>
        day is { } known ? known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : texts["system.notYet"];
}
