namespace TelemetryFunctions.Tests.Deployment;

/// <summary>The checks above are worth what the evaluator catches: each mistake made here must be refused.</summary>
[Collection(BicepCollection.Name)]
public sealed class BicepEvaluatorTests(BicepFixture bicep) : IDisposable
{
    private readonly string _infra = Directory.CreateTempSubdirectory("infra").FullName;

    public void Dispose() => Directory.Delete(_infra, recursive: true);

    [NodeFact]
    public Task A_syntax_error_is_found() =>
        AssertRefusedAsync("storage.bicep", "kind: 'StorageV2'", "kind 'StorageV2", "storage.bicep:");

    [NodeFact]
    public Task A_name_that_is_not_declared_is_found() =>
        AssertRefusedAsync("identity.bicep", "= identity.id", "= identety.id", "identety is not declared");

    [NodeFact]
    public Task A_parameter_that_a_module_lacks_is_found() =>
        AssertRefusedAsync(
            "main.bicep", "    tableServiceUri: storage.outputs.tableServiceUri\n", "", "tableServiceUri is not given");

    [NodeFact]
    public Task A_parameter_that_no_module_has_is_found() =>
        AssertRefusedAsync(
            "main.bicep", "    sku: storageSku\n", "    sku: storageSku\n    skuu: 'x'\n", "no parameter is called skuu");

    [NodeFact]
    public Task An_output_that_a_module_lacks_is_found() =>
        AssertRefusedAsync(
            "main.bicep", "storage.outputs.name", "storage.outputs.accountName", "there is no accountName");

    [NodeFact]
    public Task A_parameter_that_is_never_used_is_found() =>
        AssertRefusedAsync(
            "storage.bicep", "param sku string\n", "param sku string\nparam kind string = 'x'\n", "kind is not used");

    [NodeFact]
    public Task A_parameter_of_a_wrong_type_is_found() =>
        AssertRefusedAsync(
            "app/app.bicep", "param maximumInstanceCount int", "param maximumInstanceCount string", "is no string");

    private async Task AssertRefusedAsync(string file, string right, string wrong, string message)
    {
        foreach (var source in Directory.EnumerateFiles(Repository.PathOf("infra"), "main.*").Concat(
            Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(_infra, Path.GetRelativePath(Repository.PathOf("infra"), source));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(source, copy, overwrite: true);
        }

        var path = Path.Combine(_infra, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(right, wrong, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            bicep.DeployFromAsync(_infra, "AZURE_ENV_NAME=x", "AZURE_LOCATION=northeurope"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
