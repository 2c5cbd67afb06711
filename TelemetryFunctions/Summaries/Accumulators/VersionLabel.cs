namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// The label under which a version is counted. What is no version by <see cref="VersionText"/> counts under its own text.
/// </summary>
public static class VersionLabel
{
    /// <summary>The first two numbers: <c>3.21.4.post1</c> is <c>3.21</c>.</summary>
    public static string Xy(string version) => Label(version, 2);

    /// <summary>The first three numbers: <c>3.21.4.post1</c> is <c>3.21.4</c>.</summary>
    public static string Xyz(string version) => Label(version, 3);

    private static string Label(string version, int count)
    {
        if (string.IsNullOrWhiteSpace(version))
            return LabelBounds.Unknown;
        if (!VersionText.TryParse(version, out var parsed))
            return LabelText.Clean(version);

        var numbers = parsed.First(count);
        return parsed.Epoch.IsEmpty && numbers.Length == version.Length ? version : string.Concat(parsed.Epoch, numbers);
    }
}
