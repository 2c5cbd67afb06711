using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The installs as a part of the site, from the first package on.</summary>
public sealed class InstallSection(PackageListStore list) : ISiteSection
{
    public static readonly SectionLink Link = new("packages", "page.installs");

    SectionLink ISiteSection.Link => Link;

    public async ValueTask<bool> HasContentAsync(CancellationToken cancellation) => (await list.ReadAsync(cancellation)).Count > 0;
}
