using System.Security.Cryptography;
using System.Text;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>The style sheet of a drawing.</summary>
internal static class ChartStyle
{
    /// <summary>Series that have a colour of their own, beside <c>other</c>.</summary>
    public const int Colors = 8;

    // Searched for: each is 3:1 against its ground, no two are alike and neighbours are far apart, for the colour-blind too.
    private static readonly Palette Light = new(
        "#ffffff", "#14140f", "#62615c", "#e7e6e1", "#8f8e88",
        ["#654274", "#4c94ec", "#9b673b", "#3448a4", "#bd8630", "#942318", "#4076b9", "#711e40"]);

    private static readonly Palette Dark = new(
        "#1a1a19", "#f5f4ef", "#a09f98", "#2f2f2c", "#76756f",
        ["#b7b6f6", "#536ccc", "#f5ae39", "#9088f0", "#e27641", "#8ce5d3", "#b95115", "#39c3ae"]);

    private const string Shared = """
        text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;unicode-bidi:isolate}
        .title{font-size:16px;font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}.line,.lead{fill:none;stroke-width:2;stroke-linejoin:round}.lead{stroke-width:1.5}.far{stroke-dasharray:1 4}.wash{fill-opacity:.14}.hole{fill-opacity:.14}.mark{stroke-dasharray:2 3}

        """;

    /// <summary>The style sheet of a theme.</summary>
    public static string Of(ChartTheme theme) => theme switch
    {
        ChartTheme.Light => Sheets.Light,
        ChartTheme.Dark => Sheets.Dark,
        _ => Sheets.Preferred,
    };

    /// <summary>The style sheet of drawings in a page of this site, whose reader may have chosen a theme.</summary>
    public static string OfPage => Sheets.Page;

    /// <summary>A style sheet in a page, as a source of its Content-Security-Policy.</summary>
    public static string SourceOf(string sheet) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'";

    /// <summary>The Content-Security-Policy of a document, but for frames, that has its style sheets and nothing else.</summary>
    public static string Policy(params IEnumerable<string> sheets) =>
        $"default-src 'none'; style-src {string.Join(' ', sheets.Select(SourceOf))}; base-uri 'none'; form-action 'none'";

    /// <summary>The class of a series by its place among those that have a name.</summary>
    public static string ClassOf(int? place) => place is { } index ? $"s{index % Colors}" : "rest";

    private static string Rules(Palette palette)
    {
        var rules = new StringBuilder($".ground{{fill:{palette.Ground}}}text{{fill:{palette.Ink}}}.quiet{{fill:{palette.Muted}}}.grid{{stroke:{palette.Hairline}}}.edge{{stroke:{palette.Ground}}}.hole,.flag{{fill:{palette.Muted}}}.mark{{stroke:{palette.Muted}}}");
        foreach (var (index, color) in palette.Series.Append(palette.Rest).Index())
        {
            var name = ClassOf(index < Colors ? index : null);
            rules.Append($".{name}{{fill:{color}}}.line.{name},.lead.{name}{{fill:none;stroke:{color}}}");
        }

        return rules.Append('\n').ToString();
    }

    /// <summary>Made once.</summary>
    private static class Sheets
    {
        public static readonly string Light = Shared + Rules(ChartStyle.Light);
        public static readonly string Dark = Shared + Rules(ChartStyle.Dark);
        public static readonly string Page = Shared + Rules(ChartStyle.Light.Or(ChartStyle.Dark));
        public static readonly string Preferred = Light + $"@media (prefers-color-scheme:dark){{{Rules(ChartStyle.Dark)}}}\n";
    }

    private sealed record Palette(string Ground, string Ink, string Muted, string Hairline, string Rest, string[] Series)
    {
        /// <summary>Whichever of two the page around a drawing has.</summary>
        public Palette Or(Palette dark) => new(
            Either(Ground, dark.Ground), Either(Ink, dark.Ink), Either(Muted, dark.Muted), Either(Hairline, dark.Hairline), Either(Rest, dark.Rest),
            [.. Series.Zip(dark.Series, Either)]);

        private static string Either(string light, string dark) => $"light-dark({light},{dark})";
    }
}
