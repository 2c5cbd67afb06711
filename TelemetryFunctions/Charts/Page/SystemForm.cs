using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>The form that shows or forgets a system. It needs no script, and sends id and key in its body.</summary>
internal static class SystemForm
{
    /// <summary>The field with the id.</summary>
    public const string IdField = "id";

    /// <summary>The field with the key, for an id that is made of one.</summary>
    public const string KeyField = "key";

    /// <summary>The field that says what to do.</summary>
    public const string ActionField = "do";

    public const string Show = "show";
    public const string Forget = "forget";

    private const string Placeholder = "00000000-0000-0000-0000-000000000000";

    /// <summary>The form as HTML, for a page at the address of the site.</summary>
    public static string Html(Texts texts) => $"""
        <form class="ask" id="ask" method="post" action="{texts.Link("./systems")}">
        <label for="id">{texts["system.id"]}</label>
        <input id="id" name="{IdField}" required minlength="32" maxlength="36" pattern="[0-9A-Fa-f\-]+" placeholder="{Placeholder}" autocomplete="off" spellcheck="false">
        <label for="key">{texts["system.key"]}</label>
        <input id="key" name="{KeyField}" type="password" autocomplete="off" spellcheck="false">
        <button type="submit" name="{ActionField}" value="{Show}">{texts["system.show"]}</button>
        <button type="submit" name="{ActionField}" value="{Forget}">{texts["system.forget"]}</button>
        </form>
        """;
}
