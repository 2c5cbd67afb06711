using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A source beside the reports, which tells the catalogue what it takes in and keeps.</summary>
public interface IDisclosed
{
    /// <summary>What is told, in a language.</summary>
    Disclosure DiscloseIn(Texts texts);
}

/// <summary>What a source beside the reports takes in and keeps, for the catalogue.</summary>
/// <param name="Id">The id of the section.</param>
/// <param name="Title">Its title, as HTML.</param>
/// <param name="Html">What is said, as HTML.</param>
/// <param name="Kept">What is kept, and how long.</param>
/// <param name="Few">What is said of numbers that are small, as HTML.</param>
public sealed record Disclosure(string Id, string Title, string Html, IReadOnlyList<KeptData> Kept, string Few);

/// <summary>Something that is kept.</summary>
/// <param name="What">What it is, as HTML.</param>
/// <param name="Until">How long it is kept, as HTML.</param>
public readonly record struct KeptData(string What, string Until);
