using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A part of the site beside the charts and the catalogue.</summary>
public interface ISiteSection
{
    /// <summary>Where it is and what it is called.</summary>
    SectionLink Link { get; }

    /// <summary>True where there is something in it: headers lead to it then.</summary>
    ValueTask<bool> HasContentAsync(CancellationToken cancellation);
}

/// <summary>A part of the site as headers show it.</summary>
/// <param name="Path">Its path, from the address of the site.</param>
/// <param name="Title">The key of its title.</param>
public readonly record struct SectionLink(string Path, string Title)
{
    public static readonly SectionLink Charts = new("", "page.charts");
    public static readonly SectionLink Catalogue = new("catalogue", "page.catalogue");
}

/// <summary>The parts of the site that there are now.</summary>
public sealed class SiteSections(IEnumerable<ISiteSection> sections)
{
    /// <summary>Those with something in them, between the charts and the catalogue.</summary>
    public async ValueTask<IReadOnlyList<SectionLink>> ReadAsync(CancellationToken cancellation)
    {
        var links = new List<SectionLink> { SectionLink.Charts };
        foreach (var section in sections)
        {
            if (await HasContentAsync(section, cancellation))
                links.Add(section.Link);
        }

        links.Add(SectionLink.Catalogue);
        return links;
    }

    private static async ValueTask<bool> HasContentAsync(ISiteSection section, CancellationToken cancellation)
    {
        try
        {
            return await section.HasContentAsync(cancellation);
        }
        catch (StoreUnavailableException)
        {
            // The page says what it can.
            return false;
        }
    }
}
