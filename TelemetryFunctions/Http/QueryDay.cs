using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>Reads a day from a query, such as <c>from=2026-11-20</c>.</summary>
internal static class QueryDay
{
    /// <param name="query">The query.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="day">The day; left as it is where there is none.</param>
    /// <returns>What is wrong with it, a sentence; null where nothing is.</returns>
    public static string? Read(IQueryCollection query, string name, ref DateOnly? day)
    {
        string? text = query[name];
        if (string.IsNullOrEmpty(text))
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value))
            return $"{name} is \"{text}\"; it must be a day such as 2026-11-20.";
        day = value;
        return null;
    }
}
