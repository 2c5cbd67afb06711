using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Reports;

/// <summary>
/// Reads the file of systems that do not count, one id a line, with <c>#</c> before what is said about them. Ids tell whose a system is, so they are in no
/// catalogue, no answer and no log.
/// </summary>
internal static class ExcludedSystemsFile
{
    private const string Setting = "Telemetry:ExcludedSystemsFile";
    private const char Comment = '#';

    // All of them are in memory, some ten megabytes. Who has more of them to exclude can say in a rule what they have in common.
    private const int MaxSystems = 100_000;

    /// <summary>The ids in the file that <c>Telemetry__ExcludedSystemsFile</c> names, as <see cref="SystemId"/> writes them.</summary>
    /// <exception cref="StartupException">It can't be read, or is wrong.</exception>
    public static FrozenSet<string> Read(IConfiguration configuration) =>
        configuration.ReadFile(Setting, "a file of ids of systems") is var (path, text) ? Parse(text, path) : FrozenSet<string>.Empty;

    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="StartupException">Names the file and the line that is wrong, and what is right.</exception>
    internal static FrozenSet<string> Parse(string text, string file)
    {
        var systems = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var id = (line.IndexOf(Comment) is var comment and >= 0 ? line[..comment] : line).Trim();
            if (id.IsEmpty)
                continue;

            // What stands there instead may be an id with a slip of the pen, and is not told.
            if (!SystemId.TryParse(id.ToString(), out var system))
                throw new StartupException(FormattableString.Invariant($"{file}, line {number}: it must be the id of a system, a UUID with or without dashes, or a comment behind {Comment}."));
            if (systems.Add(system.ToString()) && systems.Count > MaxSystems)
                throw new StartupException(FormattableString.Invariant($"{file}, line {number}: there are more than {MaxSystems} ids; a rule below \"exclude\" in the catalogue can say what they have in common."));
        }

        return systems.ToFrozenSet(StringComparer.Ordinal);
    }
}
