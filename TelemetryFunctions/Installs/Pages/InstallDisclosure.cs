using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the catalogue says of the installs.</summary>
internal static class InstallDisclosure
{
    public static Disclosure Of(InstallOptions options) => new(
        "installs",
        "What an install is",
        $$"""
        <p>Where a repository of packages names this site, Composer reports after a run what it installed, and <a href="./packages">how often each
        package was</a> is public. The message has names and versions and nothing else:</p>
        <pre tabindex="0" role="region" aria-label="A notification as JSON"><code>{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}</code></pre>
        <p>{{Counted(options)}} So that a repeat within {{Span(options.DedupeWindow)}} counts once, the sender's address and user agent are hashed with a random key, and a hash of that, the
        package and the version is kept. The key is made for one day and destroyed when that day is counted; from then on nobody, those who run this
        site included, can tell from what address an install came, or which belong together. Of the user agent three things are kept,
        each from a closed list: whether it runs in CI, the platform, and the minor version of PHP.</p>
        """,
        [
            new("<strong>Installs</strong>: package, version, whether in CI, platform, version of PHP, and the hash", "a day after they are counted"),
            new("<strong>The key</strong> of the hashes", "its day, and until that day is counted"),
            new("<strong>The numbers of installs</strong> by package, version, day, platform and version of PHP", "for good; they say nothing of a single sender"),
        ],
        options.MinimumLabelInstalls <= 1
            ? "Installs are counted by package and version, however few there are, and by platform and version of PHP."
            : FormattableString.Invariant($"Installs are counted by package and version, however few there are: an install says nothing of who made it. A platform or a version of PHP with fewer than {options.MinimumLabelInstalls} installs is part of “other”, and no number below that is shown."));

    private static string Counted(InstallOptions options) => options.Vendors.Count == 0
        ? "All packages are counted."
        : $"Counted are packages of {string.Join(", ", options.Vendors.Order(StringComparer.Ordinal).Select(vendor => $"<code>{PageHead.Text(vendor)}</code>"))}; of others nothing is kept.";

    private static string Span(TimeSpan span) => span switch
    {
        { TotalHours: 1 } => "an hour",
        { TotalHours: > 1 } when span.Ticks % TimeSpan.TicksPerHour == 0 => FormattableString.Invariant($"{span.TotalHours} hours"),
        { TotalMinutes: > 1 } when span.Ticks % TimeSpan.TicksPerMinute == 0 => FormattableString.Invariant($"{span.TotalMinutes} minutes"),
        _ => FormattableString.Invariant($"{span.TotalSeconds} seconds"),
    };
}
