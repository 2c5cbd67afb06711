using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Events.Operations;

/// <summary>The pages of <c>/operations</c>, and all that they say.</summary>
public sealed class OperationsHtml(WebAssets assets, PageOptions options, SiteSections sections)
{
    /// <summary>The field with the key.</summary>
    public const string KeyField = "key";

    /// <summary>The field that says what to do, where that is not to enter.</summary>
    public const string ActionField = "do";

    public const string Leave = "leave";

    private const string Title = "Operations";
    private const string Description = "What the services of the product tell of themselves, for maintainers.";
    private const string NotForSearch = "<meta name=\"robots\" content=\"noindex\">";

    private static string NumbersOfEach => string.Concat(Rollup.All.Select(rollup => $"<li><a href=\"./operations/{rollup.Id}?format=csv\">{PageHead.Text(rollup.Title)}</a></li>"));

    /// <summary>The dashboard, which its script fills.</summary>
    /// <param name="hasAny">False where nothing was rolled up yet.</param>
    /// <param name="site">The address of the site.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string> RenderAsync(bool hasAny, string site, CancellationToken cancellation)
    {
        var head = Head(Title + PageHead.Product(options), await sections.ReadAsync(cancellation));
        if (hasAny)
        {
            head = head with
            {
                More = $"{NotForSearch}\n<script type=\"module\" src=\"{PageHead.Path(assets, "operations.js")}\"></script>",
                BodyAttributes = $" data-product=\"{PageHead.Text(options.Product)}\"",
                RunsOwnScript = true,
                ScriptTexts = ["shared", "labels", "charts"],
            };
        }

        return head.Render(assets, options, Texts.English) + (hasAny ? Dashboard : FirstRun(site)) + $"""
            <form class="wrap" method="post" action="./operations">
            <button class="link" name="{ActionField}" value="{Leave}">Leave: forget the key in this browser</button>
            </form>

            """ + PageFoot.RenderInOneLanguage(options, Texts.English, "Made of events, by day and hour in UTC, once an hour. Labels are what services sent.");
    }

    /// <summary>The form that asks for the key.</summary>
    public async Task<string> RenderFormAsync(Access entry, bool hasKey, CancellationToken cancellation)
    {
        var form = hasKey
            ? $"""
                <p>This part is for the maintainers of {PageHead.Text(options.TheProduct(Texts.English))}: it shows what services tell of themselves. The key opens it in this browser for 30 days.</p>
                {Word(entry)}
                <form class="ask" method="post" action="./operations">
                <label for="key">Key</label>
                <input id="key" name="{KeyField}" type="password" required maxlength="512" autocomplete="current-password" spellcheck="false">
                <button type="submit">Open</button>
                </form>
                """
            : """
                <p>This part is closed: it has no key. Set <code>Telemetry__OperationsKey</code> to a secret of at least 16 characters, such as
                <code>openssl rand -hex 24</code> makes, or, where the service runs on one machine, <code>Standalone__FunctionKey</code>.</p>
                """;
        return Head(Title, await sections.ReadAsync(cancellation)).Render(assets, options, Texts.English) + $"""
            <main class="wrap prose" id="operations">
            <div>
            {form}
            </div>
            </main>

            """ + PageFoot.RenderInOneLanguage(options, Texts.English, hasKey ? "The key is sent in the body of the form, and is in no address." : "Nothing is shown without a key.");
    }

    /// <summary>A page that only leads on.</summary>
    public string RenderStep(string address) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        {NotForSearch}
        <meta http-equiv="refresh" content="0; url={PageHead.Text(address)}">
        <title>{PageHead.Text($"{Title} · {options.Title}")}</title>
        </head>
        <body>
        <main><h1>{Title}</h1><p><a href="{PageHead.Text(address)}">Open</a></p></main>
        </body>
        </html>

        """;

    private static string Dashboard => $"""
        <div class="bar"></div>
        <main class="wrap" id="operations" tabindex="-1" aria-busy="true">
        <noscript>
        <p class="notice">The charts need JavaScript. Here are their numbers:</p>
        <ul>{NumbersOfEach}</ul>
        </noscript>
        </main>

        """;

    private static string FirstRun(string site) => $$"""
        <main class="wrap" id="operations">
        <section class="notice">
        <h2>No events yet</h2>
        <p>Send a first one, with the function key:</p>
        <pre tabindex="0" role="region" aria-label="Command that sends an event"><code>curl {{PageHead.Text(site)}}events \
          -H "x-functions-key: $KEY" -H 'Content-Type: application/json' \
          -d '[{"id": "'"$(uuidgen)"'", "service": "api", "userId": "42",
               "timestamp": "'"$(date -u +%FT%TZ)"'", "tokenRefreshed": {} }]'</code></pre>
        <p>Events are counted once an hour: then there are charts here of</p>
        <ul class="coming">{{string.Concat(Rollup.All.Select(rollup => $"<li>{PageHead.Text(rollup.Title)}</li>"))}}</ul>
        </section>
        </main>

        """;

    private static string Word(Access entry) => entry switch
    {
        Access.WrongKey => "<p role=\"alert\">That is not the key.</p>",
        Access.TooMany => "<p role=\"alert\">Too many wrong keys are tried at this moment. Try again in a second.</p>",
        _ => "",
    };

    private PageHead Head(string heading, IReadOnlyList<SectionLink> links) => new($"{Title} · {options.Title}", Description, heading)
    {
        More = NotForSearch,
        ContentId = "operations",
        Sections = links,
    };
}
