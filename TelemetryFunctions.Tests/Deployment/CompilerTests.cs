namespace TelemetryFunctions.Tests.Deployment;

[Collection(InfraCollection.Name)]
public sealed class CompilerTests(InfraFixture infra)
{
    private static readonly Mistake[] Mistakes =
    [
        new("a syntax error", "storage.bicep", "kind: 'StorageV2'", "kind 'StorageV2", "BCP018"),
        new("a name that is not declared", "identity.bicep", "= identity.id", "= identety.id", "BCP057"),
        new("a parameter that a module lacks", "main.bicep", "    sku: storageSku\n", "", "BCP035"),
        new("a parameter that no module has", "main.bicep", "    sku: storageSku\n", "    sku: storageSku\n    skuu: 'x'\n", "BCP037"),
        new("an output that a module lacks", "main.bicep", "storage.outputs.name", "storage.outputs.accountName", "BCP053"),
        new("a parameter that is never used", "storage.bicep", "param sku string\n", "param sku string\nparam kind string\n", "no-unused-params"),
        new("a parameter of a wrong type", "app/app.bicep", "param maximumInstanceCount int", "param maximumInstanceCount string", "BCP036"),
        new("a property that Azure does not know", "app/app.bicep", "httpsOnly: true", "httpOnly: true", "BCP089"),
    ];

    [BicepFact]
    public async Task The_compiler_and_its_linter_have_nothing_to_say()
    {
        Assert.Equal("", infra.Build.Error);
        Assert.Equal(new CommandResult(0, "", ""), await infra.Bicep.RunAsync("lint", InfraFixture.Main, "--no-restore"));
    }

    [BicepFact]
    public async Task Each_of_these_mistakes_would_be_found()
    {
        // All in one run, since starting the compiler takes longer than compiling.
        var directory = infra.Bicep.NewDirectory();
        foreach (var mistake in Mistakes)
            await mistake.MakeAsync(Path.Combine(directory, mistake.Name));

        var lint = await infra.Bicep.RunAsync("lint", "--no-restore", "--pattern", Path.Combine(directory, "*", "main.bicep"));

        var said = lint.Error.Split('\n');
        Assert.All(Mistakes, mistake => Assert.Contains(
            said, line => line.StartsWith(Path.Combine(directory, mistake.Name, mistake.File) + "(", StringComparison.Ordinal)
                && line.Contains($" {mistake.Code}: ", StringComparison.Ordinal)));
    }

    private sealed record Mistake(string Name, string File, string Right, string Wrong, string Code)
    {
        /// <summary>Copies <c>infra/</c> with the mistake in it.</summary>
        public async Task MakeAsync(string directory)
        {
            var infra = Repository.PathOf("infra");
            foreach (var source in Directory.EnumerateFiles(infra, "*.bicep", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(infra, source);
                var text = await System.IO.File.ReadAllTextAsync(source);
                if (name == File)
                {
                    Assert.Contains(Right, text, StringComparison.Ordinal);
                    text = text.Replace(Right, Wrong, StringComparison.Ordinal);
                }

                var copy = Path.Combine(directory, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                await System.IO.File.WriteAllTextAsync(copy, text);
            }
        }
    }
}
