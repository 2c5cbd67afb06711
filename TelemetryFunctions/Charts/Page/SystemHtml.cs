using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the form of the catalogue answers, as a page.</summary>
internal static class SystemHtml
{
    // What is in it is shown as text and not put into a script.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Nothing => $"<p role=\"status\">{PageHead.Text(SystemAnswers.Nothing)}</p>\n";

    public static string NoId => $"<p role=\"alert\">{PageHead.Text(SystemAnswers.NoId)}</p>\n";

    public static string Forgotten => "<p role=\"status\">Whatever was stored under this id is deleted, also from the files. Turn reports off, or the next one starts anew.</p>\n";

    /// <summary>What is stored of a system.</summary>
    public static string Stored(SystemAnswer system)
    {
        var html = new StringBuilder("<dl>\n");
        Append("First seen", Day(system.FirstSeen));
        Append("Last seen", Day(system.LastSeen));
        Append("Days with a report", system.Days.Count == 0 ? "none any more" : string.Join(", ", system.Days.Select(day => Day(day))));
        if (system.LastReport is { } report)
        {
            Append("Last report came", string.Create(CultureInfo.InvariantCulture, $"{report.ReceivedAt:yyyy-MM-dd HH:mm:ss} UTC, {report.Payload.Length:N0} bytes of {report.Format}"));
            html.Append("</dl>\n<h2>The last report</h2>\n");
            html.Append(report.Report is { } json ? Block("The report as JSON", Write(json)) : "<p>It can't be read as JSON.</p>\n");
            html.Append("<h2>Its bytes, in base64</h2>\n").Append(Block("The report in base64", Convert.ToBase64String(report.Payload)));
            return html.ToString();
        }

        return html.Append("</dl>\n").ToString();

        void Append(string name, string value) => html.Append($"<dt>{name}</dt><dd>{PageHead.Text(value)}</dd>\n");
    }

    /// <summary>A whole page.</summary>
    public static string Render(WebAssets assets, PageOptions page, IReadOnlyList<SectionLink> sections, string content)
    {
        const string title = "What is stored";
        return new PageHead($"{title} · {page.Title}", "What is stored under the id of an installation.", title) { Sections = sections }.Render(assets, page) + $"""
            <main class="wrap prose" id="content">
            <div>
            {content}
            <h2>Another id</h2>
            {SystemForm.Html}
            </div>
            </main>

            """ + PageFoot.Render(page, "This page is kept nowhere on its way. Who does not know the id does not get it.");
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

    private static string Day(DateOnly? day) =>
        day is { } known ? known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "known when the day is over";
}
