namespace TelemetryFunctions.Tests.Support;

/// <summary>Entries of a catalogue, with no more said than must be.</summary>
internal static class CatalogueText
{
    /// <param name="id">The metric's id; its title is that with a capital.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="field">Its field; null for none.</param>
    /// <param name="more">More lines of it.</param>
    public static string Entry(string id, string kind, string? field, params string[] more) => $"""

          - id: {id}
            title: {char.ToUpperInvariant(id[0])}{id[1..]}
            group: Hub
            question: What?
            example: This.
            personal: no
            privacy: A count.
            since: "1.0"
            status: stable
            kind: {kind}
            unit: systems
            out-of: systems
            shape: share
        """ + string.Concat(more.Prepend(field is null ? "" : $"field: {field}").Where(line => line.Length > 0).Select(line => "\n    " + line));
}
