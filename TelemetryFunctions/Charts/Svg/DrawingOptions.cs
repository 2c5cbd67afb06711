using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>How a chart is drawn.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Theme">Its colours.</param>
public sealed record DrawingOptions(int Width, int Height, ChartTheme Theme)
{
    public const int MinWidth = 240;
    public const int MaxWidth = 2_000;
    public const int MinHeight = 120;
    public const int MaxHeight = 1_200;

    /// <summary>The language that it speaks.</summary>
    public Texts Texts { get; init; } = Texts.English;

    /// <summary>What is drawn where nothing is asked for.</summary>
    public static readonly DrawingOptions Default = new(800, 400, ChartTheme.Preferred);

    /// <summary>Reads the part of a query that is about the drawing; false with an error that says what to mend.</summary>
    /// <param name="query">The query.</param>
    /// <param name="language">
    /// The language where none is asked for. A drawing stands in a page of somebody, who knows the language of that; what the visitor's
    /// browser likes does not count.
    /// </param>
    /// <param name="options">What was read.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryParse(IQueryCollection query, string language, [NotNullWhen(true)] out DrawingOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        var (width, height) = (Default.Width, Default.Height);
        string? theme = query["theme"];
        error = ReadSize(query, "width", MinWidth, MaxWidth, ref width) ?? ReadSize(query, "height", MinHeight, MaxHeight, ref height);
        if (error is null && theme is not (null or "" or "light" or "dark"))
            error = $"theme is \"{theme}\"; it must be light or dark, and is what the reader prefers where it is left out.";
        string? asked = query[Texts.Parameter];
        if (error is null && !string.IsNullOrEmpty(asked) && TextTables.Find(asked) is null)
            error = $"{Texts.Parameter} is \"{asked}\"; it must be one of {string.Join(", ", TextTables.All.Select(table => table.Language))}.";
        if (error is not null)
            return false;

        options = new DrawingOptions(width, height, theme switch { "light" => ChartTheme.Light, "dark" => ChartTheme.Dark, _ => ChartTheme.Preferred })
        {
            Texts = new Texts(TextTables.Find(string.IsNullOrEmpty(asked) ? language : asked)!),
        };
        return true;
    }

    private static string? ReadSize(IQueryCollection query, string name, int min, int max, ref int size)
    {
        string? text = query[name];
        if (string.IsNullOrEmpty(text))
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < min || value > max)
            return string.Create(CultureInfo.InvariantCulture, $"{name} is \"{text}\"; it must be a number of pixels from {min} to {max}.");
        size = value;
        return null;
    }
}

/// <summary>Light, dark, or what the reader prefers.</summary>
public enum ChartTheme
{
    Preferred,
    Light,
    Dark,
}
