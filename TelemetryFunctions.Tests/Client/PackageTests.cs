using System.IO.Compression;
using System.Xml.Linq;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client;

/// <summary>The packages for NuGet.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("TelemetryFunctions.Client", "", "Google.Protobuf", "Microsoft.Extensions.Hosting.Abstractions")]
    [InlineData("TelemetryFunctions.Client.AspNetCore", "Microsoft.AspNetCore.App", "TelemetryFunctions.Client")]
    public async Task It_has_what_a_package_has_and_depends_on_nothing_else(string id, string framework, params string[] dependencies)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var result = await Repository.RunAsync(Repository.Root, "dotnet", ["pack", id, "--no-build", "-c", configuration, "--output", _directory, "--nologo"]);
        Assert.True(result.ExitCode == 0, result.Output);

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_directory, "*.nupkg")));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.All(["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], file => Assert.Contains(file, files));

        await using var text = package.Entries.Single(entry => entry.Name == id + ".nuspec").Open();
        var nuspec = XDocument.Load(text);
        Assert.Equal("MIT", Values(nuspec, "license").Single());
        Assert.Equal(dependencies, Attributes(nuspec, "dependency", "id"));
        Assert.Equal(framework, string.Concat(Attributes(nuspec, "frameworkReference", "name")));

        using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_directory, "*.snupkg")));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
    }

    private static IEnumerable<string> Values(XDocument nuspec, string name) =>
        nuspec.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);

    private static IEnumerable<string> Attributes(XDocument nuspec, string name, string attribute) =>
        nuspec.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Attribute(attribute)!.Value).Order();
}
