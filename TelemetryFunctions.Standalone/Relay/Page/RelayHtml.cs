using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Standalone.Relay.Desk;

namespace TelemetryFunctions.Standalone.Relay.Page;

/// <summary>The pages of a relay, for the administrator of a house. They work without a script, and speak English.</summary>
internal sealed class RelayHtml(WebAssets assets, PageOptions page, RelayOptions options)
{
    private const string Title = "Relay";
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The page with everything.</summary>
    public string Render(RelayView view, FleetSummary fleet)
    {
        var html = new StringBuilder(Head(Title));
        html.Append("<main class=\"wrap packages desk\" id=\"content\">\n").Append(Figures(view)).Append(Switch(view)).Append(Waiting(view)).Append(Fleet(fleet)).Append(Done(view)).Append("</main>\n");
        return html.Append(PageFoot.RenderInOneLanguage(page, Texts.English, $"What is sent stays here for {RelayOptions.SentDays} days; keys are never shown.")).ToString();
    }

    /// <summary>The page of one item.</summary>
    public string Render(RelayContent content)
    {
        var html = new StringBuilder(Head("Item", "../"));
        html.Append("<main class=\"wrap prose\" id=\"content\">\n<div>\n<p><a href=\"../\">Relay</a></p>\n<dl>\n");
        foreach (var (name, value) in RelayContentText.Describe(content))
            html.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>\n");
        html.Append(CultureInfo.InvariantCulture, $"</dl>\n<pre tabindex=\"0\" role=\"region\" aria-label=\"What is in it\"><code>{Text(RelayContentText.Of(content))}</code></pre>\n</div>\n</main>\n");
        return html.Append(PageFoot.RenderInOneLanguage(page, Texts.English, "As it leaves the house, or has left it.")).ToString();
    }

    private string Head(string title, string toSite = "./") => new PageHead($"{title} · {Text(options.To.Host)}", "What this relay passes on.", Text(title))
    {
        More = $"<meta name=\"robots\" content=\"noindex\">\n<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">\n<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "relay.css", toSite)}\">",
        Sections = [],
        ToSite = toSite,
    }.Render(assets, page, Texts.English);

    private string Figures(RelayView view)
    {
        var next = view.PausedSince is { } since ? $"paused since {Time(since)}" : Time(view.Next);
        var error = view.LastTry.Error is { } reason ? $"<p class=\"notice\" role=\"alert\">The last try, at {Time(view.LastTry.At)}, failed: {Text(reason.TrimEnd('.'))}. What is staged waits.</p>\n" : "";
        return $"""
            {error}<dl class="figures">
            <div><dt>Sends to</dt><dd>{Text(options.To.ToString())}</dd></div>
            <div><dt>Next (UTC)</dt><dd>{next}</dd></div>
            <div><dt>Staged</dt><dd>{Number(view.Count(RelayState.Staged))}</dd></div>
            <div><dt>Refused</dt><dd>{Number(view.Count(RelayState.Refused))}</dd></div>
            <div><dt>Sent within {RelayOptions.SentDays} days</dt><dd>{Number(view.Count(RelayState.Sent))}</dd></div>
            <div><dt>Holds, of at most {Megabytes(options.MostBytes)}</dt><dd>{Megabytes(view.HeldBytes)}</dd></div>
            </dl>

            """;
    }

    private static string Switch(RelayView view) => $"""
        <form class="actions" method="post" action="./relay">
        <input type="hidden" name="{DeskForm.StateField}" value="{DeskForm.NameOf(RelayState.Staged)}">
        {(view.PausedSince is null ? Button(DeskForm.Pause, "Pause") : Button(DeskForm.Resume, "Resume"))}
        {Button(DeskForm.Release, "Send all that is staged now")}
        </form>

        """;

    private static string Waiting(RelayView view)
    {
        var count = view.Count(RelayState.Staged, RelayState.Refused);
        return "<h2 id=\"waiting\">What waits</h2>\n" + (count == 0 ? "<p class=\"quiet\">Nothing waits: all that came was sent.</p>\n" : $"""
            <form method="post" action="./relay">
            {Table("Items that wait", ["Item", "State", "Bytes", "Came (UTC)", "Choose"], view.Waiting.Select(item => Row(Link(item), Say(item), Number(item.Bytes), Time(item.ReceivedAt), Choice(item))))}{More(count)}<p class="actions">{Button(DeskForm.Release, "Send the chosen ones now")} {Button(DeskForm.Drop, "Drop the chosen ones")}</p>
            </form>

            """);
    }

    private static string Done(RelayView view)
    {
        var count = view.Count(RelayState.Sent, RelayState.Superseded);
        return "<h2 id=\"sent\">What was sent</h2>\n" + (count == 0
            ? $"<p class=\"quiet\">Nothing within {RelayOptions.SentDays} days.</p>\n"
            : Table("Items that were sent", ["Item", "What became of it", "Bytes", "When (UTC)"], view.Done.Select(item => Row(Link(item), Say(item), Number(item.Bytes), Time(item.ChangedAt)))) + More(count));
    }

    private static string Fleet(FleetSummary fleet)
    {
        var html = new StringBuilder("<h2 id=\"fleet\">The systems here</h2>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Number(fleet.Systems)} reported today or yesterday{(fleet.Systems > RelayFleet.MostSystems ? $"; of {Number(RelayFleet.MostSystems)} of them" : "")}. Their newest reports say:</p>\n");
        foreach (var chart in fleet.Systems == 0 ? [] : fleet.Charts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<details><summary>{Text(chart.Title)}</summary>\n");
            html.Append(Table(Text(chart.Title), ["Label", Text(chart.Unit)], chart.Values.Select(value => Row($"<bdi>{Text(value.Label)}</bdi>", Text(value.Value))))).Append("</details>\n");
        }

        return html.ToString();
    }

    private static string Table(string label, IEnumerable<string> heads, IEnumerable<string> rows) => $"""
        <div class="list" tabindex="0" role="region" aria-label="{label}"><table>
        <thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{head}</th>"))}</tr></thead>
        <tbody>
        {string.Join('\n', rows)}
        </tbody></table></div>

        """;

    private static string Row(string first, params string[] cells) => $"<tr><th scope=\"row\">{first}</th>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>";

    private static string Link(RelayItem item)
    {
        var name = item.Id.Kind switch { RelayKind.Report => item.System.Length > 0 ? $"Report of {item.System}" : "Report", RelayKind.Installs => "Installs", _ => "Events" };
        return $"<a href=\"./items/{item.Id}\">{name}, {item.Id.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</a>";
    }

    private static string Choice(RelayItem item) => $"<input type=\"checkbox\" name=\"{DeskForm.IdField}\" value=\"{DeskForm.NameOf(item.Id, item.ETag)}\" aria-label=\"Choose {item.Id}\">";

    private static string Button(string action, string text) => $"<button type=\"submit\" name=\"{DeskForm.ActionField}\" value=\"{action}\">{text}</button>";

    private static string Say(RelayItem item) => Text(string.Join(": ", new[] { DeskForm.NameOf(item.State) + (item.IsReleased ? ", released" : ""), item.Note }.Where(part => part.Length > 0)));

    private static string More(int count) => count <= RelayView.MostShown ? "" : $"<p class=\"quiet\">{Number(count - RelayView.MostShown)} more; <code>relay list</code> has them all.</p>\n";

    private static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) : "never";

    private static string Megabytes(long bytes) => $"{(Math.Ceiling(bytes / 1e5) / 10).ToString("#,0.#", CultureInfo.InvariantCulture)} MB";

    private static string Number(long number) => number.ToString("n0", CultureInfo.InvariantCulture);

    private static string Text(string text) => PageHead.Text(text);
}
