namespace TelemetryFunctions.Installs.Pages;

/// <summary>The days that a page of installs shows.</summary>
/// <param name="Name">Its name in the query, as on the page of the charts.</param>
/// <param name="Title">The key of what it is called.</param>
/// <param name="Days">How many days; null for all.</param>
internal sealed record InstallRange(string Name, string Title, int? Days)
{
    public static readonly InstallRange All = new("all", "installs.all", null);

    public static readonly IReadOnlyList<InstallRange> Each = [new("30d", "installs.days30", 30), new("90d", "installs.days90", 90), new("1y", "installs.year1", 365), All];

    /// <summary>The range that a query names; all where it names none that there is.</summary>
    public static InstallRange Read(string name) => Each.FirstOrDefault(range => range.Name == name, All);

    /// <summary>The first day, where the last one is known; null for the first that there is.</summary>
    public DateOnly? First(DateOnly last) => Days is { } days ? last.AddDays(1 - days) : null;
}
