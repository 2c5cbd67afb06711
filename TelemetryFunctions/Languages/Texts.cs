using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace TelemetryFunctions.Languages;

/// <summary>The texts of an answer, in the language of who asked for it.</summary>
/// <param name="Table">The language.</param>
/// <param name="IsAsked">True where the address asked for the language: its links do then, too.</param>
public sealed record Texts(TextTable Table, bool IsAsked = false)
{
    /// <summary>The parameter that asks for a language.</summary>
    public const string Parameter = "lang";

    private const string Systems = "systems";
    private const string SystemsThatReport = "systems that report";

    /// <summary>The texts of the service's own language.</summary>
    public static readonly Texts English = new(TextTables.Find(TextTables.Standard)!);

    /// <summary>The language, as HTML and HTTP name it.</summary>
    public string Language => Table.Language;

    /// <summary>The text of a key such as <c>page.skip</c>, which may stand in HTML as it is.</summary>
    public string this[string key] => Table.Find(key);

    /// <summary>A text with its values, as text. The value <c>count</c> chooses between singular and plural.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, object Value)> values) => Fill(key, values, text => text);

    /// <summary>A text with its values as HTML: what the values hold is text, but for <see cref="Markup"/>.</summary>
    public string Html(string key, params ReadOnlySpan<(string Name, object Value)> values) => Fill(key, values, HtmlEncoder.Default.Encode);

    /// <summary>A label that the service gave, as people read it; any other as it is.</summary>
    public string Label(string label) => Table.Has($"labels.{label}") ? this[$"labels.{label}"] : label;

    /// <summary>What is counted, where it is what every catalogue counts; another unit is the catalogue's own word.</summary>
    public string Unit(string unit) => unit == Systems ? this["charts.allSystems"] : unit;

    /// <summary>What is counted out of, where the catalogue has no words of its own for it.</summary>
    public string OutOf(string outOf) => outOf == SystemsThatReport ? this["charts.allThatReport"] : outOf;

    /// <summary>A number as it is written in the language.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">A format string of .NET.</param>
    public string Number(double value, string format) => value.ToString(format, Table.Numbers);

    /// <summary>An address of the site, in the language that was asked for, if one was.</summary>
    public string Link(string address)
    {
        if (!IsAsked)
            return address;

        var fragment = address.IndexOf('#', StringComparison.Ordinal) is var mark and >= 0 ? address[mark..] : "";
        var page = address[..^fragment.Length];
        return $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={Language}{fragment}";
    }

    private string Fill(string key, ReadOnlySpan<(string Name, object Value)> values, Func<string, string> encode)
    {
        long? count = null;
        foreach (var (name, value) in values)
        {
            if (name == "count")
                count = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }

        var template = Table.Find(key, count);
        var text = new StringBuilder();
        for (var rest = template.AsSpan(); rest.Length > 0;)
        {
            var open = rest.IndexOf('{');
            text.Append(open < 0 ? rest : rest[..open]);
            if (open < 0)
                break;

            var close = rest.IndexOf('}');
            text.Append(Value(rest[(open + 1)..close].ToString(), values));
            rest = rest[(close + 1)..];
        }

        return text.ToString();

        string Value(string name, ReadOnlySpan<(string Name, object Value)> values)
        {
            foreach (var (known, value) in values)
            {
                if (known == name)
                    return value is Markup markup ? markup.Html : encode(value is int or long ? string.Format(Table.Numbers, "{0:N0}", value) : value.ToString() ?? "");
            }

            throw new KeyNotFoundException($"The text \"{key}\" of {Language}.json wants \"{name}\".");
        }
    }
}

/// <summary>A value of a text that is HTML already.</summary>
public readonly record struct Markup(string Html)
{
    public override string ToString() => Html;
}
