namespace TelemetryFunctions.Privacy;

/// <summary>Cuts a text into what may be an address.</summary>
internal static class Words
{
    // Not the marks that addresses are made of: . : - _ %
    private static readonly char[] Between = [.. " \t\r\n\u00a0,;/\\()[]{}<>\"'`=@|&?#!*+"];

    /// <summary>The words of a text, without the marks of a sentence at their end.</summary>
    public static IEnumerable<string> Of(string text) =>
        text.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(WithoutEnd).Where(word => word.Length > 0);

    // Two colons are the end of an address.
    private static string WithoutEnd(string word) => word.EndsWith("::", StringComparison.Ordinal) ? word : word.TrimEnd('.', ':');
}
