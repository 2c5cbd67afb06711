using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>What CONTRIBUTING.md says of who knows whom.</summary>
public sealed partial class LayoutTests
{
    private static readonly List<(string File, string Namespace)> Usings =
    [
        .. from folder in (string[])["TelemetryFunctions", "TelemetryFunctions.Standalone"]
           from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
           where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
           from line in File.ReadLines(file)
           let used = Using().Match(line)
           where used.Success
           select (path, used.Groups[1].Value),
    ];

    /// <summary>A namespace, and the only places that may use it.</summary>
    [Theory]
    [InlineData("TelemetryFunctions.Functions")]
    [InlineData("Azure.Data.Tables", "TelemetryFunctions/Storage/AzureTables/")]
    [InlineData("Azure.Identity", "TelemetryFunctions/Storage/AzureTables/")]
    [InlineData("TelemetryFunctions.Storage.AzureTables", "TelemetryFunctions/Program.cs", "TelemetryFunctions.Standalone/Sqlite/StorageServices.cs")]
    [InlineData("Microsoft.Data.Sqlite", "TelemetryFunctions.Standalone/Sqlite/")]
    [InlineData("SQLitePCL", "TelemetryFunctions.Standalone/Sqlite/")]
    [InlineData("TelemetryFunctions.Installs", "TelemetryFunctions/Installs/", "TelemetryFunctions/Functions/", "TelemetryFunctions/TelemetryServices.cs", "TelemetryFunctions.Standalone/Demo/", "TelemetryFunctions.Standalone/Moving/Installs/", "TelemetryFunctions.Standalone/Relay/")]
    public void Only_these_know(string known, params string[] places)
    {
        var elsewhere = Usings.Where(used => IsIn(used.Namespace, known) && !places.Any(place => used.File.StartsWith(place, StringComparison.Ordinal)));

        Assert.Empty(elsewhere);
        Assert.All(places, place => Assert.Contains(Usings, used => used.File.StartsWith(place, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("TelemetryFunctions/Reports/", "TelemetryFunctions.Installs")]
    [InlineData("TelemetryFunctions/Installs/", "TelemetryFunctions.Reports")]
    [InlineData("TelemetryFunctions/Summaries/", "TelemetryFunctions.Reports")]
    [InlineData("TelemetryFunctions/Summaries/", "TelemetryFunctions.Installs")]
    [InlineData("TelemetryFunctions/Storage/", "TelemetryFunctions.Summaries")]
    [InlineData("TelemetryFunctions/Privacy/", "TelemetryFunctions.Summaries")]
    [InlineData("TelemetryFunctions/Privacy/", "TelemetryFunctions.Reports")]
    public void These_do_not_know(string place, string known)
    {
        // But for migrations, which know whose rows they change.
        var there = Usings.Where(used => used.File.StartsWith(place, StringComparison.Ordinal) && !used.File.StartsWith("TelemetryFunctions/Storage/Migrations/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(there);
        Assert.DoesNotContain(there, used => IsIn(used.Namespace, known));
    }

    [Fact]
    public void No_type_has_the_name_of_an_official_one()
    {
        var official = typeof(TelemetryServices).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Microsoft.Azure.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(TableClient).Assembly)
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Select(type => type.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assembly[] own = [typeof(TelemetryServices).Assembly, typeof(StandaloneHost).Assembly];

        Assert.Contains("TimerTriggerAttribute", official);
        Assert.DoesNotContain(own.SelectMany(assembly => assembly.GetTypes()), type =>
            !type.IsNested
            && type.Namespace?.StartsWith("TelemetryFunctions", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            && official.Contains(type.Name));
    }

    private static bool IsIn(string used, string known) => used == known || used.StartsWith(known + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);")]
    private static partial Regex Using();
}
